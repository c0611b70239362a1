import type { Context } from '#context.ts';
import { type PhotoState, renditionUrl } from './photo.ts';

export interface PhotoStateNotice {
  eventId: string;
  photoId: string;
  state: PhotoState;
  failureReason?: string | null;
  /** The event is published, so that runners' pages may hear of a ready photo. */
  visible?: boolean;
}

/** Tells open pages. To be called after the commit; a page that missed it reads the state anew, so a failure is only logged. */
export async function announcePhotoState(ctx: Context, notice: PhotoStateNotice): Promise<void> {
  const { eventId, photoId, state } = notice;
  try {
    await ctx.live.publish(`event/${eventId}`, {
      type: 'photo-state',
      data: { photoId, state, failureReason: notice.failureReason ?? null },
    });
    if (state !== 'ready' || !notice.visible) return;
    await ctx.live.publish(`gallery/${eventId}`, {
      type: 'photo-ready',
      data: { photoId, thumbnailUrl: renditionUrl(photoId, 'thumbnail') },
    });
  } catch (error) {
    ctx.log.warn({ photoId, error: String(error) }, 'a photo notice was not sent');
  }
}
