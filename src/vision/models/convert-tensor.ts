import type { WeightTensor } from './read-tfjs-weights.ts';

/** From height, width, channels in, channels out (TensorFlow) to channels out, channels in, height, width (ONNX).
 *  `scales`, one per channel out, multiplies a batch normalisation into the convolution. */
export function convolutionKernel(tensor: WeightTensor, scales?: ArrayLike<number>): WeightTensor {
  const [height, width, channelsIn, channelsOut] = kernelSize(tensor);
  const area = height * width;
  const data = new Float32Array(tensor.data.length);
  for (let position = 0; position < area; position += 1) {
    for (let from = 0; from < channelsIn; from += 1) {
      for (let to = 0; to < channelsOut; to += 1) {
        const weight = tensor.data[(position * channelsIn + from) * channelsOut + to] ?? 0;
        data[(to * channelsIn + from) * area + position] = weight * (scales?.[to] ?? 1);
      }
    }
  }
  return { data, dimensions: [channelsOut, channelsIn, height, width] };
}

/** The same for a depthwise convolution, whose channels each have their own kernel: group = channels in ONNX. */
export function depthwiseKernel(tensor: WeightTensor, scales?: ArrayLike<number>): WeightTensor {
  const [height, width, channels, multiplier] = kernelSize(tensor);
  if (multiplier !== 1) throw new Error(`depthwise kernel with ${multiplier} outputs per channel`);
  const kernel = convolutionKernel({ data: tensor.data, dimensions: [height, width, 1, channels] }, scales);
  return { data: kernel.data, dimensions: [channels, 1, height, width] };
}

function kernelSize({ dimensions }: WeightTensor): [number, number, number, number] {
  const [height, width, channelsIn, channelsOut, ...more] = dimensions;
  if (!height || !width || !channelsIn || !channelsOut || more.length > 0) {
    throw new Error(`a convolution kernel of ${dimensions.join('×')}`);
  }
  return [height, width, channelsIn, channelsOut];
}
