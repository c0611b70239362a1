const style =
  'body{font:14px system-ui,sans-serif;margin:24px;background:#fafaf9;color:#1c1917}input{font:inherit;padding:8px 12px;width:280px;margin:0 0 16px}' +
  'main{display:grid;grid-template-columns:repeat(auto-fill,minmax(220px,1fr));gap:16px}figure{margin:0;background:#fff;border:1px solid #e7e5e4;border-radius:8px;overflow:hidden}' +
  'figure[hidden]{display:none}img{width:100%;aspect-ratio:3/2;object-fit:contain;background:#1c1917;display:block}figcaption{padding:8px 10px;display:grid;gap:4px}' +
  'figcaption span{color:#57534e;overflow-wrap:anywhere}b{display:inline-block;padding:1px 7px;border-radius:5px;background:#1c1917;color:#fff;justify-self:start}' +
  '.crops{display:flex;gap:6px;align-items:end}.crop{position:relative;overflow:hidden;flex:1 1 0}.crop img{position:absolute;max-width:none;aspect-ratio:auto;object-fit:fill}' +
  'b.guess{background:#fde68a;color:#1c1917}b.missed{background:#fde68a;color:#1c1917}b.falseAlarm{background:#b91c1c}';

/** A page that stands alone: it asks nothing from anywhere. */
export function htmlPage(title: string, body: string): string {
  return (
    `<!doctype html><html><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">` +
    `<title>${escapeHtml(title)}</title><style>${style}</style></head><body><h1>${escapeHtml(title)}</h1>${body}</body></html>\n`
  );
}

const entities: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? character);
}
