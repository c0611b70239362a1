// The child process in which every photo is decoded: it may be killed at any moment, and knows nothing but pixels.
import sharp from 'sharp';
import { analysePhoto, warmUp } from './analyse-photo.ts';
import { applyEdit } from './edit/apply-edit.ts';
import {
  type EngineAnswer,
  type EngineOutcome,
  type EngineQuestion,
  type EngineReply,
  type EngineRequest,
  outOfMemoryExitCode,
} from './engine-protocol.ts';
import { describeSelfie } from './faces/describe-selfie.ts';
import { PhotoFailure } from './findings.ts';
import { blockOtherLoaders } from './pixels/decode-photo.ts';
import { makeWebCopy } from './pixels/make-web-copy.ts';
import { loadDefaultMark } from './pixels/watermark.ts';

const memoryLimitBytes = Number(process.argv[2] ?? 2048) * 1024 * 1024;
const memoryCheckMs = 100;

sharp.concurrency(1);
sharp.cache(false);

// Decoding runs on other threads, so this timer still fires while a bomb unfolds.
setInterval(() => {
  if (process.memoryUsage.rss() > memoryLimitBytes) process.exit(outOfMemoryExitCode);
}, memoryCheckMs).unref();

// The mark is drawn from vector paths, and must be drawn before its loader is blocked for photos.
const started = loadDefaultMark().then(blockOtherLoaders);

process.on('message', async (request: EngineRequest) => {
  const { id } = request;
  const outcome = await answer(request);
  const reply: EngineReply = { id, residentBytes: process.memoryUsage.rss(), ...outcome };
  process.send?.(reply);
});
process.on('disconnect', () => process.exit(0));

async function answer(request: EngineRequest): Promise<EngineOutcome> {
  try {
    await started;
    return { ok: true, answer: await work(request) };
  } catch (error) {
    const reason = error instanceof PhotoFailure ? error.reason : 'crashed';
    return { ok: false, reason, message: error instanceof Error ? error.message : String(error) };
  }
}

async function work(question: EngineQuestion): Promise<EngineAnswer> {
  if (question.verb === 'analyse') return { analysis: await analysePhoto(question.bytes, question.options) };
  if (question.verb === 'edit')
    return { edited: await applyEdit(question.bytes, question.plan, question.size) };
  if (question.verb === 'copy') return { copy: await makeWebCopy(question.bytes, question.options) };
  if (question.verb === 'selfie') return { selfie: await describeSelfie(question.bytes) };
  await warmUp();
  return {};
}
