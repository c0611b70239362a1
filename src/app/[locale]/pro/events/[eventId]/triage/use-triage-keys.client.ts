import { useEffect, useEffectEvent } from 'react';

export interface TriageMoves {
  type: (digit: string) => void;
  erase: () => void;
  clear: () => void;
  accept: (beside: boolean) => void;
  reject: () => void;
  nobody: () => void;
  toggleBurst: () => void;
  undo: () => void;
  zoom: () => void;
  help: () => void;
  search: () => void;
  turn: (steps: 1 | -1) => void;
  choose: (steps: 1 | -1) => void;
}

type Move = () => void;

/** The keys of the page. `single` off leaves those that a screen reader or a voice may press by itself: WCAG 2.1.4. */
export function useTriageKeys(moves: TriageMoves, single: boolean): void {
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    const move = document.querySelector('dialog[open]') ? null : moveOf(event, moves, single);
    if (!move) return;
    event.preventDefault();
    move();
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent) => onKey(event);
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, []);
}

function moveOf(event: KeyboardEvent, moves: TriageMoves, single: boolean): Move | null {
  const target = event.target instanceof HTMLElement ? event.target : null;
  const inField = target?.closest('input, textarea, select') != null;
  const withCtrl = event.ctrlKey || event.metaKey;
  // In the field, taking back is for what was typed.
  if (withCtrl) return event.key.toLowerCase() === 'z' && !inField ? moves.undo : null;
  // Held down, a key that decides would decide photo after photo unseen.
  if (event.altKey || (event.repeat && event.key === 'Enter')) return null;
  if (inField) return ofField(event, moves);
  // A button that has the focus is pressed by its own Enter.
  if (event.key === 'Enter' && target?.closest('button, a, summary')) return null;
  return ofPage(event, moves) ?? (single ? ofLetters(event, moves) : null);
}

function ofField(event: KeyboardEvent, moves: TriageMoves): Move | null {
  const { target } = event;
  switch (event.key) {
    case 'Enter':
      return () => moves.accept(event.shiftKey);
    case 'ArrowDown':
      return () => moves.choose(1);
    case 'ArrowUp':
      return () => moves.choose(-1);
    case 'Escape':
      return () => {
        moves.clear();
        if (target instanceof HTMLElement) target.blur();
      };
    default:
      return null;
  }
}

function ofPage(event: KeyboardEvent, moves: TriageMoves): Move | null {
  switch (event.key) {
    case 'Enter':
      return () => moves.accept(event.shiftKey);
    case 'ArrowRight':
      return () => moves.turn(1);
    case 'ArrowLeft':
      return () => moves.turn(-1);
    case 'ArrowDown':
      return () => moves.choose(1);
    case 'ArrowUp':
      return () => moves.choose(-1);
    case 'Backspace':
      return moves.erase;
    case 'Delete':
    case 'Escape':
      return moves.clear;
    default:
      return null;
  }
}

function ofLetters(event: KeyboardEvent, moves: TriageMoves): Move | null {
  const { key } = event;
  if (/^[0-9]$/u.test(key)) return () => moves.type(key);
  if (event.repeat) return null;
  const letters: Record<string, Move> = {
    r: moves.reject,
    n: moves.nobody,
    b: moves.toggleBurst,
    u: moves.undo,
    z: moves.zoom,
    '?': moves.help,
    '/': moves.search,
  };
  return letters[key.toLowerCase()] ?? null;
}
