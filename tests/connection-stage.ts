import type { RequestListener } from 'node:http';
import type { ConnectionInput } from '#domain/connections/connection.ts';
import { saveConnection } from '#domain/connections/save-connection.ts';
import { listStartList } from '#domain/timing/list-start-list.ts';
import { makeEvent, makePro } from './factories.ts';
import type { TestContext } from './harness.ts';

export const NJUKO_KEY = 'njk-0123456789-a1b2';

interface Registration {
  id: number;
  [field: string]: unknown;
}

/** Njuko as its open-source app speaks with it: pages by `from`, the edition and the key in headers. */
export function njuko(registrations: Registration[], asked: string[] = []): RequestListener {
  return (request, response) => {
    const answer = (status: number, body: object) => response.writeHead(status).end(JSON.stringify(body));
    if (request.headers.authorization !== NJUKO_KEY || request.headers.edition !== '77')
      return answer(401, {});
    asked.push(`${request.method} ${request.url}`);
    if (request.url === '/api-registrations/competition') {
      return answer(200, { id: 77, name: 'Crêtes', competitions: [{ id: 5, name: '10 km', sport: {} }] });
    }
    let text = '';
    request.on('data', (chunk) => {
      text += chunk;
    });
    request.on('end', () => {
      const { from } = JSON.parse(text);
      // Fewer than asked for, as a server with its own bound gives.
      const results = registrations.slice(from, from + 2);
      answer(200, { resultsSize: results.length, totalHits: registrations.length, results });
    });
  };
}

export const runner = (id: number, code: string | null, more: object = {}): Registration => ({
  id,
  ...{
    competition_id: 5,
    status: 0,
    isRegistered: true,
    paymentStatus: 0,
    gender: 'female',
    birthdate: '19900203',
  },
  ...{
    firstname: `Anne${id}`,
    lastname: 'Durand',
    email: 'a@example.org',
    amount: 1200,
    bibRetrieved: false,
  },
  bib: code === null ? null : { id: 1, code },
  ...more,
});

/** An event of a pro, who may have a server that fetches from hosts of its own. */
export async function openConnections(base: TestContext) {
  const { actor, organisation } = await makePro(base);
  const eventId = (await makeEvent(base, { organisationId: organisation.id })).id;
  const pro = { ...base, actor };
  return {
    eventId,
    pro,
    reaching: (hosts: string[], more: Partial<TestContext['config']> = {}): TestContext => ({
      ...pro,
      config: { ...base.config, connectionHosts: hosts, ...more },
    }),
    bibs: async () => (await listStartList(pro, { eventId, limit: 20 })).runners.map(({ bib }) => bib),
    connect: async (ctx: TestContext, input: Omit<ConnectionInput, 'eventId'> & Record<string, unknown>) =>
      // Each call names the fields of its own kind.
      (await saveConnection(ctx, { eventId, ...input } as ConnectionInput)).connectionId,
  };
}
