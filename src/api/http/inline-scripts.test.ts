import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';
import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { allowedInlineScripts } from './inline-scripts.ts';

const require = createRequire(import.meta.url);
const react = require('next/dist/compiled/react');
const { renderToPipeableStream } = require('next/dist/compiled/react-dom/server.node');
const arrival = Promise.withResolvers<string>();

function Late() {
  return react.createElement('p', null, react.use(arrival.promise));
}

/** A page whose part comes after its frame, which React moves into place by scripts. */
async function renderLate(): Promise<string> {
  const waiting = { fallback: react.createElement('i') };
  const part = react.createElement(react.Suspense, waiting, react.createElement(Late));
  const out = new PassThrough();
  const stream = renderToPipeableStream(
    react.createElement('html', null, react.createElement('body', null, part)),
    {
      onShellReady() {
        stream.pipe(out);
        arrival.resolve('late');
      },
    },
  );
  let html = '';
  for await (const piece of out) html += piece;
  return html;
}

const hash = (code: string) => createHash('sha256').update(code).digest('base64');
const allowed = (code: string) =>
  allowedInlineScripts(`<html><script>${code}</script></html>`).includes(hash(code));

describe('an inline script of a page may run', () => {
  it.each([
    'self.__next_f.push([1,"3:[\\"$\\",\\"div\\",null,{}]\\n"])',
    '(self.__next_f=self.__next_f||[]).push([0])',
    '(self.__next_f=self.__next_f||[]).push([0]);self.__next_f.push([2,null])',
    'self.__next_f.push([1,"a \\u003c/script\\u003e alert(1)"])',
    '(globalThis["TURBOPACK"] || (globalThis["TURBOPACK"] = [])).push({"otherChunks":["static/chunks/3y7-a_.js","static/chunks/b.js"],"runtimeModuleIds":[94553]});',
    '$RC("B:0","S:0")',
    '$RX("B:1","digest")',
  ])('when it is data: %s', (code) => {
    expect(allowed(code)).toBe(true);
  });

  it("when it is React's own code, as its version at hand writes it", async () => {
    const html = await renderLate();
    const scripts = [...html.matchAll(/<script[^>]*>([\s\S]*?)<\/script>/g)].map(([, code = '']) => code);
    expect(scripts.some((code) => code.includes('$RC('))).toBe(true);
    expect(allowedInlineScripts(html)).toEqual([...new Set(scripts.map(hash))]);
  });
});

describe('an inline script of a page may not run', () => {
  it.each([
    'alert(1)',
    'self.__next_f.push([1,""]);alert(1)',
    'self.__next_f.push([1,alert(1)])',
    'self.__next_f.push([1,""],alert(1))',
    '(self.__next_f=self.__next_f||[]).push([0]);alert(1);self.__next_f.push([1,""])',
    '$RC("B:0","S:0");alert(1)',
    'alert(1);$RC("B:0","S:0")',
    '$RC(alert(1))',
    '(globalThis["TURBOPACK"] || (globalThis["TURBOPACK"] = [])).push({"otherChunks":["../../media/x.js"],"runtimeModuleIds":[1]});',
    '(globalThis["TURBOPACK"] || (globalThis["TURBOPACK"] = [])).push({"otherChunks":[],"runtimeModuleIds":[1]});alert(1)',
    '(globalThis["TURBOPACK"] || (globalThis["TURBOPACK"] = [])).push({"otherChunks":[alert(1)],"runtimeModuleIds":[1]});',
    '$RC("a"+alert(1)+"b")',
    '"use strict"',
    'function(',
  ])('when it is anything else: %s', (code) => {
    expect(allowed(code)).toBe(false);
  });
});
