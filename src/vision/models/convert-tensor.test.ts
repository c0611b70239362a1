import { expect, test } from 'vitest';
import { convolutionKernel, depthwiseKernel } from './convert-tensor.ts';

test('a kernel is turned from TensorFlow’s order into that of ONNX', () => {
  // 1×2 pixels, 2 channels in, 3 out; the number says where it comes from: position, from, to.
  const data = Float32Array.of(0, 1, 2, 10, 11, 12, 100, 101, 102, 110, 111, 112);
  const kernel = convolutionKernel({ data, dimensions: [1, 2, 2, 3] });
  expect(kernel.dimensions).toEqual([3, 2, 1, 2]);
  expect([...kernel.data]).toEqual([0, 100, 10, 110, 1, 101, 11, 111, 2, 102, 12, 112]);
});

test('a depthwise kernel keeps one plane per channel, and takes a scale for each', () => {
  const kernel = depthwiseKernel({ data: Float32Array.of(1, 2, 3, 4), dimensions: [2, 1, 2, 1] }, [10, 100]);
  expect(kernel).toEqual({ data: Float32Array.of(10, 30, 200, 400), dimensions: [2, 1, 2, 1] });
});

test('what is not a kernel is refused', () => {
  expect(() => convolutionKernel({ data: Float32Array.of(1), dimensions: [1] })).toThrow('kernel of 1');
});
