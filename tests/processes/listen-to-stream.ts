interface StreamMessage {
  type: string;
  data: Record<string, string | number | boolean | null>;
}

export interface HeardStream {
  /** Resolves when the server has begun to answer. */
  opened: Promise<void>;
  messages: StreamMessage[];
  /** Everything that came, as it was written. */
  text(): string;
  close(): void;
}

/** Hears a stream of server-sent events until it is closed, by either side. */
export function listenToStream(url: string, cookie = ''): HeardStream {
  const abort = new AbortController();
  const messages: StreamMessage[] = [];
  let text = '';
  let read = 0;
  const take = (chunk: string) => {
    text += chunk;
    for (let end = text.indexOf('\n\n', read); end >= 0; end = text.indexOf('\n\n', read)) {
      const block = text.slice(read, end);
      read = end + 2;
      if (block.startsWith('data: ')) messages.push(...(JSON.parse(block.slice(6)) as StreamMessage[]));
    }
  };
  const opened = fetch(url, { headers: { cookie }, signal: abort.signal }).then((answer) => {
    if (!answer.ok || !answer.body) throw new Error(`the stream answered ${answer.status}`);
    void hear(answer.body, take, abort.signal);
  });
  return { opened, messages, text: () => text, close: () => abort.abort() };
}

async function hear(body: ReadableStream<Uint8Array>, take: (chunk: string) => void, signal: AbortSignal) {
  const decoder = new TextDecoder();
  try {
    for await (const chunk of body) take(decoder.decode(chunk, { stream: true }));
  } catch (error) {
    // A server that is killed ends its streams like this; what was heard before stays.
    const cut = error instanceof TypeError && error.message === 'terminated';
    if (!signal.aborted && !cut) throw error;
  }
}
