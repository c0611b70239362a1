import type { MouseEvent } from 'react';

/** Keeps the context menu off previews for mouse and finger only: the menu key of a keyboard keeps working. */
export function discourageSaving(event: MouseEvent): void {
  const { nativeEvent } = event;
  const byPointer = nativeEvent instanceof PointerEvent && nativeEvent.pointerType !== '';
  if (byPointer && event.target instanceof HTMLImageElement) event.preventDefault();
}
