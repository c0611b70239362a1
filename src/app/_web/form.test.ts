import { expect, test } from 'vitest';
import { textOf } from './form.ts';

test('a text field has no zero byte, and a missing one or a file is empty', () => {
  const form = new FormData();
  form.set('name', 'Anne\0 Petit');
  form.set('photo', new File(['x'], 'x.jpg'));
  expect(['name', 'photo', 'other'].map((name) => textOf(form, name))).toEqual(['Anne Petit', '', '']);
});
