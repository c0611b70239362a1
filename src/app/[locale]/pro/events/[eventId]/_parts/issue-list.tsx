import { useTranslations } from 'next-intl';
import { Notice } from '#ui/Notice.tsx';

/** One remark about one row of a file, in words. */
export interface IssueLine {
  severity: 'error' | 'warning';
  line: number;
  column: string | null;
  text: string;
}

/** The rows of a file that cannot be taken, and the remarks; nothing without any. */
export function IssueList({
  issues,
  errorCount,
  warningCount,
}: {
  issues: IssueLine[];
  errorCount: number;
  warningCount: number;
}) {
  const t = useTranslations('pro.import');
  if (issues.length === 0) return null;
  return (
    <Notice state={errorCount > 0 ? 'warn' : 'plain'}>
      <p>
        <b>{t('issues', { errors: errorCount, warnings: warningCount })}</b>
      </p>
      <ul>
        {issues.map((issue) => (
          <li key={`${issue.line} ${issue.column} ${issue.text}`}>
            {issue.column === null
              ? t('issueRow', { line: issue.line, text: issue.text })
              : t('issueCell', { line: issue.line, column: issue.column, text: issue.text })}
          </li>
        ))}
      </ul>
    </Notice>
  );
}
