import { settings } from '../src/platform/config.ts';

const GENERATED = 'Made from src/platform/config.ts by `npm run settings`; edit there.';

/** The text of `.env.example` and of docs/settings.md. */
export function settingsDocuments(): { path: string; text: string }[] {
  return [
    { path: '.env.example', text: envExample() },
    { path: 'docs/settings.md', text: settingsTable() },
  ];
}

function envExample(): string {
  const blocks = Object.values(settings).map(
    ({ env, about, shown, secret }) => `# ${about}${secret ? ' Secret.' : ''}\n#${env}=${shown}\n`,
  );
  return `# ${GENERATED}\n\n${blocks.join('\n')}`;
}

function settingsTable(): string {
  const lines = Object.values(settings).map(
    ({ env, about, shown, secret }) =>
      `| \`${env}\` | ${shown === '' ? '' : `\`${shown}\``} | ${about}${secret ? ' **Secret.**' : ''} |`,
  );
  return `# Settings

${GENERATED}

Settings are environment variables, read once at the start of a process; what is not set there is looked for in the file
\`.env\` of the working folder (\`ENV_FILE\` names another). A wrong one stops the start and says why; the
value of a secret is never shown. An empty value counts as not set.

| name | example or default | what it does |
| --- | --- | --- |
${lines.join('\n')}
`;
}
