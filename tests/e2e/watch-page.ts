import type { Page } from 'playwright-core';

/** What went wrong in a page while it was used, added to `faults`: script errors, refused scripts, answers of 500 and more. */
export function watchPage(page: Page, faults: string[] = []): string[] {
  page.on('pageerror', (error) => faults.push(`script: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error' && !/status of 4\d\d/.test(message.text()))
      faults.push(`console: ${message.text()} ${message.location().url}`);
  });
  page.on('response', (response) => {
    if (response.status() >= 500) faults.push(`${response.status()} ${response.url()}`);
  });
  return faults;
}
