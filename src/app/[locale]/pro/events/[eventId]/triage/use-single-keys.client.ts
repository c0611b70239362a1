import { useEffect, useState } from 'react';

const STORED_AS = 'triage-single-keys';

/** Whether keys without a modifier act, as this browser remembers it; they do at first. */
export function useSingleKeys(): [boolean, (on: boolean) => void] {
  const [single, setSingle] = useState(true);
  useEffect(() => setSingle(localStorage.getItem(STORED_AS) !== 'off'), []);
  return [
    single,
    (on) => {
      localStorage.setItem(STORED_AS, on ? 'on' : 'off');
      setSingle(on);
    },
  ];
}
