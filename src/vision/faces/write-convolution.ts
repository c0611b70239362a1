import { convolutionKernel, depthwiseKernel } from '../models/convert-tensor.ts';
import type { OnnxValue, OnnxWriter } from '../models/onnx-writer.ts';
import type { WeightTensor } from '../models/read-tfjs-weights.ts';

interface ConvolutionShape {
  stride: number;
  /** `same` pads as TensorFlow does; `valid` does not pad. */
  padding: 'same' | 'valid';
}

/** A convolution with weights in TensorFlow's order. `scales` multiply its outputs, before `bias` is added. */
export function writeConvolution(
  writer: OnnxWriter,
  input: OnnxValue,
  weights: { kernel: WeightTensor; bias: Float32Array; scales?: Float32Array },
  shape: ConvolutionShape,
): OnnxValue {
  const kernel = convolutionKernel(weights.kernel, weights.scales);
  return writeKernel(writer, input, { kernel, bias: weights.bias, group: 1 }, shape);
}

/** The same with a kernel per channel. */
export function writeDepthwiseConvolution(
  writer: OnnxWriter,
  input: OnnxValue,
  weights: { kernel: WeightTensor; bias: Float32Array; scales?: Float32Array },
  shape: ConvolutionShape,
): OnnxValue {
  const kernel = depthwiseKernel(weights.kernel, weights.scales);
  const [group = 1] = kernel.dimensions;
  return writeKernel(writer, input, { kernel, bias: weights.bias, group }, shape);
}

function writeKernel(
  writer: OnnxWriter,
  input: OnnxValue,
  { kernel, bias, group }: { kernel: WeightTensor; bias: Float32Array; group: number },
  { stride, padding }: ConvolutionShape,
): OnnxValue {
  const inputs = [input, writer.floats(kernel.data, kernel.dimensions), writer.floats(bias, [bias.length])];
  const auto_pad = padding === 'same' ? 'SAME_UPPER' : 'VALID';
  return writer.node('Conv', inputs, {
    strides: [stride, stride],
    kernel_shape: kernel.dimensions.slice(2),
    auto_pad,
    group,
  });
}
