import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Links of the Markdown documents under `root` that lead to no file or to no heading. */
export function brokenLinks(root: string): string[] {
  const documents = globSync(['*.md', 'docs/**/*.md'], { cwd: root });
  return documents.flatMap((document) => {
    const text = withoutCode(readFileSync(join(root, document), 'utf8'));
    const targets = [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => target);
    return targets
      .filter((target) => !leadsSomewhere(root, document, target))
      .map((target) => `${document}: ${target}`);
  });
}

function leadsSomewhere(root: string, document: string, target: string): boolean {
  if (/^[a-z]+:/.test(target)) return true;
  const [path = '', heading] = decodeURI(target).split('#');
  const file = path === '' ? join(root, document) : join(root, dirname(document), path);
  if (!existsSync(file)) return false;
  return heading === undefined || !file.endsWith('.md') || headingsOf(file).includes(heading);
}

function headingsOf(file: string): string[] {
  return [...readFileSync(file, 'utf8').matchAll(/^#+ (.+)$/gm)].map(([, title = '']) =>
    title
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} -]/gu, '')
      .replaceAll(' ', '-'),
  );
}

function withoutCode(text: string): string {
  return text.replaceAll(/```[\s\S]*?```/g, '').replaceAll(/`[^`\n]*`/g, '');
}
