import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { EditSize } from './edit/apply-edit.ts';
import {
  type EngineAnswer,
  type EngineQuestion,
  type EngineReply,
  type EngineRequest,
  outOfMemoryExitCode,
} from './engine-protocol.ts';
import {
  type AnalyseOptions,
  type EditPlan,
  type PhotoAnalysis,
  PhotoFailure,
  type PhotoFailureReason,
  type Rendition,
  type SelfieFinding,
} from './findings.ts';
import type { WebCopyOptions } from './pixels/make-web-copy.ts';

export interface EnginePoolOptions {
  /** Photos worked on at once, each in its own process. Default: one per core. */
  lanes?: number;
  /** For one photo, from the moment a lane takes it. */
  timeLimitMs?: number;
  /** Resident memory of one lane. */
  memoryLimitMb?: number;
  /** A process that holds more after a photo gives way to a new one, before the next photo. Below the limit. */
  recycleAboveMb?: number;
}

export interface EnginePool {
  readonly lanes: number;
  /** Waits for a free lane. Rejects with `PhotoFailure`; whatever the file does, only this request fails. */
  analysePhoto(bytes: Uint8Array, options: AnalyseOptions): Promise<PhotoAnalysis>;
  /** A new JPEG with the plan applied, at the original's size or to fit `longSidePx`; waits and rejects likewise. */
  editPhoto(bytes: Uint8Array, plan: EditPlan, size?: EditSize): Promise<Rendition>;
  /** The web size as it is sold; waits and rejects likewise. */
  makeWebCopy(bytes: Uint8Array, options: WebCopyOptions): Promise<Rendition>;
  /** Whom a selfie shows, for a search that face mode allows; waits and rejects likewise. */
  describeSelfie(bytes: Uint8Array): Promise<SelfieFinding>;
  /** True once a lane has loaded its models and answers. */
  ready(): Promise<boolean>;
  /** Ends the processes; what still waits is rejected as `closed`. */
  close(): Promise<void>;
}

type Job = {
  payload: EngineQuestion;
  resolve: (answer: EngineAnswer) => void;
  reject: (failure: PhotoFailure) => void;
};
type Lane = {
  child: ChildProcess | null;
  job: Job | null;
  timer: NodeJS.Timeout | null;
  failure: PhotoFailure | null;
};

/** All models and the arenas they work in settle at 1450 MB after photos of 24 Mpixel asked for everything. */
const RECYCLE_ABOVE_MB = 1664;

const enginePath = fileURLToPath(new URL('./engine-process.ts', import.meta.url));

/** Processes that read photos. They are started when first needed, hold no secrets, and are replaced when they die. */
export function createEnginePool(options: EnginePoolOptions = {}): EnginePool {
  const { lanes: laneCount = availableParallelism(), timeLimitMs = 60_000, memoryLimitMb = 2048 } = options;
  const recycleAboveBytes = (options.recycleAboveMb ?? RECYCLE_ABOVE_MB) * 1024 * 1024;
  const lanes: Lane[] = Array.from({ length: laneCount }, () => ({
    child: null,
    job: null,
    timer: null,
    failure: null,
  }));
  const waiting: Job[] = [];
  let lastId = 0;
  let closed = false;

  function enqueue(payload: EngineQuestion): Promise<EngineAnswer> {
    if (closed) return Promise.reject(new PhotoFailure('closed', 'the engine pool is closed'));
    return new Promise((resolve, reject) => {
      waiting.push({ payload, resolve, reject });
      dispatch();
    });
  }

  function dispatch(): void {
    for (const lane of lanes) {
      if (lane.job) continue;
      const job = waiting.shift();
      if (!job) return;
      start(lane, job);
    }
  }

  function start(lane: Lane, job: Job): void {
    lane.child ??= spawnChild(lane);
    lane.job = job;
    lane.timer = setTimeout(() => stop(lane, 'timed-out', `no answer within ${timeLimitMs} ms`), timeLimitMs);
    hold(lane.child);
    lastId += 1;
    const request: EngineRequest = { id: lastId, ...job.payload };
    lane.child.send(request, (error) => {
      if (error) stop(lane, 'crashed', error.message);
    });
  }

  function spawnChild(lane: Lane): ChildProcess {
    const child = fork(enginePath, [String(memoryLimitMb)], {
      env: { NODE_ENV: 'production', TZ: 'UTC' },
      execArgv: [`--max-old-space-size=${memoryLimitMb}`, '--disable-warning=ExperimentalWarning'],
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    child.on('message', (reply: EngineReply) => {
      if (lane.child === child) settle(lane, reply);
    });
    child.on('error', (error) => {
      if (lane.child === child) abandon(lane, new PhotoFailure('crashed', error.message, { cause: error }));
    });
    child.on('exit', (code, signal) => {
      if (lane.child === child) abandon(lane, lane.failure ?? failureOfExit(code, signal));
    });
    return child;
  }

  function settle(lane: Lane, reply: EngineReply): void {
    const job = release(lane);
    if (lane.child) letGo(lane.child);
    if (reply.residentBytes > recycleAboveBytes) retire(lane);
    if (reply.ok) job?.resolve(reply.answer);
    else job?.reject(new PhotoFailure(reply.reason, reply.message));
    dispatch();
  }

  function stop(lane: Lane, reason: PhotoFailureReason, message: string): void {
    lane.failure = new PhotoFailure(reason, message);
    lane.child?.kill('SIGKILL');
  }

  /** Nobody hears of its end: the lane has no child until the next photo. */
  function retire(lane: Lane): void {
    lane.child?.kill('SIGKILL');
    lane.child = null;
  }

  function abandon(lane: Lane, failure: PhotoFailure): void {
    lane.child = null;
    lane.failure = null;
    release(lane)?.reject(failure);
    if (!closed) dispatch();
  }

  function release(lane: Lane): Job | null {
    const { job, timer } = lane;
    if (timer) clearTimeout(timer);
    lane.job = null;
    lane.timer = null;
    return job;
  }

  return {
    lanes: laneCount,
    analysePhoto: async (bytes, analyseOptions) => {
      const { analysis } = await enqueue({ verb: 'analyse', bytes, options: analyseOptions });
      if (!analysis) throw new PhotoFailure('crashed', 'the engine answered without an analysis');
      return analysis;
    },
    editPhoto: async (bytes, plan, size = {}) => {
      const { edited } = await enqueue({ verb: 'edit', bytes, plan, size });
      if (!edited) throw new PhotoFailure('crashed', 'the engine answered without a photo');
      return edited;
    },
    makeWebCopy: async (bytes, copyOptions) => {
      const { copy } = await enqueue({ verb: 'copy', bytes, options: copyOptions });
      if (!copy) throw new PhotoFailure('crashed', 'the engine answered without a copy');
      return copy;
    },
    describeSelfie: async (bytes) => {
      const { selfie } = await enqueue({ verb: 'selfie', bytes });
      if (!selfie) throw new PhotoFailure('crashed', 'the engine answered without a face');
      return selfie;
    },
    ready: () =>
      enqueue({ verb: 'warm-up' }).then(
        () => true,
        () => false,
      ),
    close: async () => {
      closed = true;
      const failure = new PhotoFailure('closed', 'the engine pool was closed');
      for (const job of waiting.splice(0)) job.reject(failure);
      await Promise.all(
        lanes.map(async (lane) => {
          const { child } = lane;
          if (!child) return;
          lane.failure = failure;
          hold(child);
          const exited = once(child, 'exit');
          child.kill('SIGKILL');
          await exited;
        }),
      );
    },
  };
}

/** An idle lane must not keep its parent alive. */
function letGo(child: ChildProcess): void {
  child.unref();
  child.channel?.unref();
}

function hold(child: ChildProcess): void {
  child.ref();
  child.channel?.ref();
}

function failureOfExit(code: number | null, signal: NodeJS.Signals | null): PhotoFailure {
  // V8 ends a process whose heap is full with SIGABRT.
  const outOfMemory = code === outOfMemoryExitCode || signal === 'SIGABRT';
  return new PhotoFailure(
    outOfMemory ? 'out-of-memory' : 'crashed',
    `engine process ended: ${signal ?? code}`,
  );
}
