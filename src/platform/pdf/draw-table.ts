import type { PaperColumn } from './paper.ts';
import { INK, MARGIN, MUTED, plainText, RULE, type Sheet, SIZE } from './sheet.ts';

const PADDING = 4;
/** A text that is longer is cut, so that a row always fits on a page. */
const MOST_TEXT_HEIGHT = 400;

interface Cell {
  text: string;
  left: number;
  width: number;
  align: 'left' | 'right';
}

interface Place {
  left?: number;
  bold?: boolean;
}

/** Rows are never cut by the end of a page, and each page begins with the head again. */
export function drawTable(
  sheet: Sheet,
  { columns, rows }: { columns: PaperColumn[]; rows: string[][] },
  { left = MARGIN, bold = false }: Place = {},
): void {
  const table = sheet.struct('Table');
  sheet.addStructure(table);
  const place = (texts: string[]) => placeCells(sheet, { columns, texts, left });
  const head = columns.map((column) => column.label);
  const headed = head.some((label) => label !== '');
  const drawHead = () => {
    sheet.font('bold').fontSize(SIZE.small).fillColor(MUTED);
    drawRow(sheet, table, place(head), 'TH');
    sheet.fillColor(INK);
  };
  if (headed) drawHead();
  for (const texts of rows) {
    sheet.font(bold ? 'bold' : 'regular').fontSize(SIZE.text);
    const cells = place(texts);
    if (sheet.y + heightOf(sheet, cells) > sheet.page.height - MARGIN) {
      sheet.addPage();
      if (headed) drawHead();
      sheet.font(bold ? 'bold' : 'regular').fontSize(SIZE.text);
    }
    drawRow(sheet, table, cells, 'TD');
  }
  table.end();
  sheet.x = MARGIN;
  if (headed) sheet.moveDown(0.8);
}

function placeCells(
  sheet: Sheet,
  { columns, texts, left }: { columns: PaperColumn[]; texts: string[]; left: number },
): Cell[] {
  const parts = columns.reduce((sum, column) => sum + column.width, 0);
  const unit = (sheet.page.width - MARGIN - left) / parts;
  let at = left;
  return columns.map(({ width, align }, index) => {
    const cell: Cell = {
      text: plainText(texts[index] ?? ''),
      left: at,
      width: width * unit - PADDING,
      align: align ?? 'left',
    };
    at += width * unit;
    return cell;
  });
}

function heightOf(sheet: Sheet, cells: Cell[]): number {
  const heights = cells.map(({ text, width }) => sheet.heightOfString(text, { width }));
  return Math.min(Math.max(...heights), MOST_TEXT_HEIGHT) + 2 * PADDING;
}

function drawRow(sheet: Sheet, table: PDFKit.PDFStructureElement, cells: Cell[], type: 'TH' | 'TD'): void {
  const top = sheet.y;
  const bottom = top + heightOf(sheet, cells);
  const row = sheet.struct('TR');
  table.add(row);
  for (const { text, left, width, align } of cells) {
    const draw = () => {
      sheet.text(text, left, top + PADDING, { width, align, height: MOST_TEXT_HEIGHT, ellipsis: true });
    };
    row.add(sheet.struct(type, {}, draw));
  }
  row.end();
  sheet.markContent('Artifact', { type: 'Layout' });
  sheet
    .moveTo(cells[0]?.left ?? MARGIN, bottom)
    .lineTo(sheet.page.width - MARGIN, bottom)
    .lineWidth(0.5)
    .stroke(RULE);
  sheet.endMarkedContent();
  sheet.y = bottom;
}
