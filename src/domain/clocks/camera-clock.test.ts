import { describe, expect, it } from 'vitest';
import { cameraKeyOf, cameraLabelOf, placeAt, trueTime } from './camera-clock.ts';

const body = { make: 'Canon', model: 'Canon EOS R5', bodySerial: ' 0123456 ' };

describe('cameraKeyOf', () => {
  it('tells one body by its serial number, whoever uses it and however it is written', () => {
    expect(cameraKeyOf(body, 'a')).toBe(cameraKeyOf({ ...body, make: 'CANON', bodySerial: '0123456' }, 'b'));
    expect(cameraKeyOf(body, 'a')).not.toBe(cameraKeyOf({ ...body, bodySerial: '0123457' }, 'a'));
  });

  it('takes the model within one organisation when there is no serial number, and nothing for nothing', () => {
    const unknown = { ...body, bodySerial: '00000000' };
    expect(cameraKeyOf(unknown, 'a')).toBe(cameraKeyOf({ ...body, bodySerial: null }, 'a'));
    expect(cameraKeyOf(unknown, 'a')).not.toBe(cameraKeyOf(unknown, 'b'));
    expect(cameraKeyOf({ make: ' ', model: null, bodySerial: null }, 'a')).toBeNull();
    expect(cameraKeyOf(null, 'a')).toBeNull();
  });
});

it('names the maker of a camera once', () => {
  expect(cameraLabelOf(body)).toBe('Canon EOS R5');
  expect(cameraLabelOf({ ...body, make: 'SONY', model: 'ILCE-9M3' })).toBe('SONY ILCE-9M3');
  expect(cameraLabelOf({ ...body, make: 'NIKON CORPORATION', model: 'NIKON Z 9' })).toBe('NIKON Z 9');
});

describe('trueTime', () => {
  it('adds the offset, and the drift since its start', () => {
    const takenAt = new Date('2026-05-17T12:00:00.000Z');
    const driftFrom = new Date('2026-05-17T10:00:00.000Z');
    expect(trueTime({ offsetMs: -1500, driftPpm: 0, driftFrom: null }, takenAt)?.toISOString()).toBe(
      '2026-05-17T11:59:58.500Z',
    );
    expect(trueTime({ offsetMs: 0, driftPpm: 50, driftFrom }, takenAt)?.toISOString()).toBe(
      '2026-05-17T12:00:00.360Z',
    );
    expect(trueTime({ offsetMs: null, driftPpm: 0, driftFrom: null }, takenAt)).toBeNull();
  });
});

describe('placeAt', () => {
  it('tells where the camera stood, a person before the solver', () => {
    const noon = '2026-05-17T12:00:00.000Z';
    const stays = [
      { placeId: 'start', from: null, until: noon, source: 'solved' as const },
      { placeId: 'finish', from: noon, until: null, source: 'solved' as const },
    ];
    expect(placeAt({ stays }, new Date('2026-05-17T11:59:59.999Z'))).toBe('start');
    expect(placeAt({ stays }, new Date(noon))).toBe('finish');
    const hand = { placeId: 'bridge', from: null, until: null, source: 'hand' as const };
    expect(placeAt({ stays: [...stays, hand] }, new Date(noon))).toBe('bridge');
    expect(placeAt({ stays: [] }, new Date(noon))).toBeNull();
  });
});
