/** One pixel for each module, dark on white: the page enlarges it without blur. */
export function drawCode(canvas: HTMLCanvasElement, modules: boolean[][]): void {
  const size = modules.length;
  const pen = canvas.getContext('2d');
  if (!pen) return;
  if (canvas.width !== size) canvas.width = canvas.height = size;
  const pixels = pen.createImageData(size, size);
  for (const [y, row] of modules.entries()) {
    for (const [x, isDark] of row.entries()) {
      pixels.data.set(isDark ? [0, 0, 0, 255] : [255, 255, 255, 255], 4 * (y * size + x));
    }
  }
  pen.putImageData(pixels, 0, 0);
}
