'use client';

import { useCallback, useEffect, useRef, useState } from 'react';
import type { Simulation } from './simulate-offer.ts';

export interface Simulated {
  /** The last draft that could be priced. */
  shown: Simulation;
  state: 'ready' | 'working' | 'unclear' | 'failed';
  /** Prices the draft as it stands in the form, soon. */
  follow(form: HTMLFormElement | null | undefined): void;
}

const CALM_MS = 250;

/** The simulation of a form that is being typed in. An answer counts only while no newer draft has been seen. */
export function useSimulation(
  first: Simulation,
  ask: (form: FormData) => Promise<Simulation | null>,
): Simulated {
  const [shown, setShown] = useState(first);
  const [state, setState] = useState<Simulated['state']>('ready');
  const newest = useRef(0);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const follow = useCallback<Simulated['follow']>(
    (form) => {
      if (!form) return;
      clearTimeout(timer.current);
      newest.current += 1;
      const draft = newest.current;
      timer.current = setTimeout(async () => {
        setState('working');
        const answer = await ask(new FormData(form)).catch(() => 'failed' as const);
        if (draft !== newest.current) return;
        if (answer === 'failed') return setState('failed');
        if (answer) setShown(answer);
        setState(answer ? 'ready' : 'unclear');
      }, CALM_MS);
    },
    [ask],
  );
  return { shown, state, follow };
}
