/** Holds the place of what is loading. The words are for who cannot see it breathe. */
export function Skeleton({ label, lines = 4 }: { label: string; lines?: number }) {
  return (
    <div className="stack" role="status">
      <span className="sr-only">{label}</span>
      {Array.from({ length: lines }, (_, line) => (
        <span
          // biome-ignore lint/suspicious/noArrayIndexKey: the lines are all alike and never move.
          key={line}
          className="skeleton"
          style={{ blockSize: line === 0 ? 40 : 20, inlineSize: line === 0 ? '60%' : '100%' }}
        />
      ))}
    </div>
  );
}
