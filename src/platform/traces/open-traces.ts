import { withTimeLimit } from '../db/time-limit.ts';
import { errorText } from '../error-text.ts';
import type { Log } from '../log.ts';
import { noTraces, type Traces } from './traces.ts';

const SEND_TIMEOUT_MS = 5000;

/**
 * Spans for the collector at `endpoint` (OTLP over HTTP, without `/v1/traces`); without one the libraries are not even
 * loaded. The provider is kept to ourselves: registered for all, Next would tell of raw addresses through it.
 */
export async function openTraces(options: {
  endpoint: string | null;
  role: string;
  log: Log;
}): Promise<Traces> {
  const { endpoint, role, log } = options;
  if (endpoint === null) return noTraces;
  const [{ diag, DiagLogLevel, SpanKind, SpanStatusCode }, sdk, { resourceFromAttributes }, otlp] =
    await Promise.all([
      import('@opentelemetry/api'),
      import('@opentelemetry/sdk-trace'),
      import('@opentelemetry/resources'),
      import('@opentelemetry/exporter-trace-otlp-http'),
    ]);
  const tell = (message: string) => log.warn({ reason: message.slice(0, 300) }, 'traces did not arrive');
  const silent = () => undefined;
  diag.setLogger(
    { error: tell, warn: tell, info: silent, debug: silent, verbose: silent },
    { logLevel: DiagLogLevel.WARN, suppressOverrideMessage: true },
  );
  const exporter = new otlp.OTLPTraceExporter({
    url: `${endpoint}/v1/traces`,
    timeoutMillis: SEND_TIMEOUT_MS,
  });
  const provider = new sdk.TracerProvider({
    resource: resourceFromAttributes({ 'service.name': 'focus-racer', 'focus_racer.role': role }),
    spanProcessors: [new sdk.BatchSpanProcessor({ exporter })],
  });
  const tracer = provider.getTracer('focus-racer');
  return {
    begin(kind, name, facts) {
      const spanKind = kind === 'answers' ? SpanKind.SERVER : SpanKind.CONSUMER;
      const span = tracer.startSpan(name, { kind: spanKind, attributes: facts, root: true });
      return {
        end({ error, facts: more }) {
          if (more) span.setAttributes(more);
          if (error !== null) span.setStatus({ code: SpanStatusCode.ERROR, message: error });
          if (error !== null) span.addEvent('exception', { 'exception.message': error });
          span.end();
        },
      };
    },
    close: (timeoutMs) =>
      withTimeLimit(provider.shutdown(), timeoutMs).catch((error: unknown) => tell(errorText(error))),
  };
}
