import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { buffer } from 'node:stream/consumers';
import { drawTable } from './draw-table.ts';
import { MOST_ROWS, type Paper, type PaperBlock } from './paper.ts';
import { GAP, INK, LINE_GAP, MARGIN, MUTED, plainText, type Sheet, SIZE } from './sheet.ts';

type Of<Kind extends PaperBlock['kind']> = Extract<PaperBlock, { kind: Kind }>;

/** The paper as PDF 1.7 with tags for screen readers. Throws RangeError when it has more than MOST_ROWS rows or blocks. */
export async function drawPaper(paper: Paper): Promise<Buffer> {
  const rows = paper.blocks.reduce((sum, block) => sum + ('rows' in block ? block.rows.length : 1), 0);
  if (rows > MOST_ROWS) throw new RangeError(`a paper of ${rows} rows`);
  const sheet = await openSheet(paper);
  const bytes = buffer(sheet);
  const title = sheet.struct('H1', {}, () => {
    sheet.font('bold').fontSize(SIZE.title).text(plainText(paper.title));
  });
  sheet.addStructure(title);
  sheet.moveDown(0.6);
  for (const block of paper.blocks) drawBlock(sheet, block);
  drawFooters(sheet, paper.footer);
  sheet.end();
  return bytes;
}

async function openSheet({ title, locale, createdAt }: Paper): Promise<Sheet> {
  const [{ default: PDFDocument }, regular, bold] = await Promise.all([
    import('pdfkit'),
    readFont('DejaVuSansCondensed.ttf'),
    readFont('DejaVuSansCondensed-Bold.ttf'),
  ]);
  const sheet = new PDFDocument({
    size: 'A4',
    margin: MARGIN,
    pdfVersion: '1.7',
    lang: locale,
    tagged: true,
    displayTitle: true,
    bufferPages: true,
    // None of the built-in ones, which know no Greek, Cyrillic or euro.
    font: '',
    info: {
      Title: plainText(title),
      Creator: 'Focus Racer',
      Producer: 'Focus Racer',
      CreationDate: createdAt,
    },
  });
  sheet.registerFont('regular', regular).registerFont('bold', bold);
  return sheet.font('regular').fillColor(INK).lineGap(LINE_GAP);
}

const fonts = new Map<string, Promise<Buffer>>();

/** Latin, Greek and Cyrillic: whatever name an invoice must bear. */
function readFont(file: string): Promise<Buffer> {
  const path = createRequire(import.meta.url).resolve(`dejavu-fonts-ttf/ttf/${file}`);
  const font = fonts.get(file) ?? readFile(path);
  fonts.set(file, font);
  return font;
}

function drawBlock(sheet: Sheet, block: PaperBlock): void {
  sheet.x = MARGIN;
  switch (block.kind) {
    case 'columns':
      drawColumns(sheet, block);
      break;
    case 'facts':
      drawFacts(sheet, block);
      break;
    case 'table':
      drawTable(sheet, block);
      break;
    case 'sums':
      drawSums(sheet, block);
      break;
    default:
      drawText(sheet, block);
  }
}

function drawText(sheet: Sheet, { kind, text }: Of<'heading' | 'text' | 'small'>): void {
  const heading = kind === 'heading';
  if (heading) sheet.moveDown(0.5);
  const draw = () => {
    sheet
      .font(heading ? 'bold' : 'regular')
      .fontSize(SIZE[kind])
      .text(plainText(text));
  };
  sheet.addStructure(sheet.struct(heading ? 'H2' : 'P', {}, draw));
  sheet.moveDown(heading ? 0.3 : 0.6);
}

function drawColumns(sheet: Sheet, { columns }: Of<'columns'>): void {
  const width = (widthOf(sheet) - GAP * (columns.length - 1)) / columns.length;
  const top = sheet.y;
  let bottom = top;
  columns.forEach(({ title, lines }, index) => {
    const left = MARGIN + index * (width + GAP);
    const draw = () => {
      sheet.font('bold').fontSize(SIZE.small).fillColor(MUTED).text(plainText(title), left, top, { width });
      sheet
        .font('regular')
        .fontSize(SIZE.text)
        .fillColor(INK)
        .text(plainText(lines.join('\n')), { width });
    };
    sheet.addStructure(sheet.struct('P', {}, draw));
    bottom = Math.max(bottom, sheet.y);
  });
  sheet.y = bottom;
  sheet.moveDown(1);
}

function drawFacts(sheet: Sheet, { rows }: Of<'facts'>): void {
  for (const { label, value } of rows) {
    const draw = () => {
      sheet.font('regular').fontSize(SIZE.text).fillColor(MUTED);
      sheet.text(`${plainText(label)} `, { continued: true });
      sheet.fillColor(INK).text(plainText(value));
    };
    sheet.addStructure(sheet.struct('P', {}, draw));
  }
  sheet.moveDown(0.8);
}

function drawSums(sheet: Sheet, { rows }: Of<'sums'>): void {
  const left = MARGIN + widthOf(sheet) * 0.45;
  const columns = [
    { label: '', width: 2 },
    { label: '', width: 1, align: 'right' as const },
  ];
  for (const { label, value, strong } of rows) {
    drawTable(sheet, { columns, rows: [[label, value]] }, { left, bold: strong === true });
  }
  sheet.moveDown(0.8);
}

function widthOf(sheet: Sheet): number {
  return sheet.page.width - 2 * MARGIN;
}

function drawFooters(sheet: Sheet, footer: string): void {
  const { count } = sheet.bufferedPageRange();
  for (let index = 0; index < count; index += 1) {
    sheet.switchToPage(index);
    // Otherwise a line below the margin would open another page.
    sheet.page.margins.bottom = 0;
    const place = { width: widthOf(sheet), lineBreak: false, height: SIZE.small * 2, ellipsis: true };
    sheet.markContent('Artifact', { type: 'Pagination' });
    sheet.font('regular').fontSize(SIZE.small).fillColor(MUTED);
    const at = sheet.page.height - MARGIN * 0.6;
    sheet.text(`${plainText(footer)} · ${index + 1}/${count}`, MARGIN, at, place);
    sheet.endMarkedContent();
  }
}
