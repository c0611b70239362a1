import 'server-only';
import type { Context } from '#context.ts';
import { type FormState, textOf } from './form.ts';
import { toFormState } from './form-state.ts';
import { requestContext } from './request-context.ts';

/** Runs what a form asks for, in the language it names in its field `locale`; a refusal becomes words for it. */
export async function submitForm(
  form: FormData,
  work: (ctx: Context) => Promise<FormState>,
): Promise<FormState> {
  const ctx = await requestContext(textOf(form, 'locale'));
  try {
    return await work(ctx);
  } catch (error) {
    return toFormState(error, ctx.locale, form);
  }
}
