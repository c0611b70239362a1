import { z } from 'zod';
import { convolutionKernel, depthwiseKernel } from './convert-tensor.ts';
import { createOnnxWriter, type OnnxValue, type OnnxWriter } from './onnx-writer.ts';
import type { WeightTensor } from './read-tfjs-weights.ts';

const attributeSchema = z.object({
  s: z.string().optional(),
  list: z.object({ i: z.array(z.string()).optional(), s: z.array(z.string()).optional() }).optional(),
});
const nodeSchema = z.object({
  name: z.string(),
  op: z.string(),
  input: z.array(z.string()).default([]),
  attr: z.record(z.string(), attributeSchema).default({}),
});
/** The part of a TensorFlow.js model.json that says how the network is built. */
export const graphSchema = z.object({
  modelTopology: z.object({ node: z.array(nodeSchema) }).transform(({ node }) => node),
});
type GraphNode = z.infer<typeof nodeSchema>;

export interface GraphConversion {
  name: string;
  nodes: readonly GraphNode[];
  weights: ReadonlyMap<string, WeightTensor>;
  /** Channels of the image that the network's only placeholder takes. */
  inputChannels: number;
  /** Nodes whose values the model gives; what only other nodes need is left out. */
  outputs: readonly { node: string; name: string; channels: number }[];
}

/** A convolutional TensorFlow graph, node by node, as an ONNX model for one image of any size. TensorFlow keeps channels last
 *  and ONNX first: every tensor of the graph must be an image, so that the order can change everywhere at once.
 *  Throws on an operator or an attribute that it does not know. */
export function convertGraph(conversion: GraphConversion): Uint8Array {
  const writer = createOnnxWriter(conversion.name);
  const nodes = new Map(conversion.nodes.map((node) => [node.name, node]));
  const values = new Map<string, OnnxValue>();
  const weight = (name: string) => {
    const tensor = conversion.weights.get(name);
    if (!tensor) throw new Error(`${conversion.name}: no weights ${name}`);
    return tensor;
  };
  const valueAt = (name: string): OnnxValue => {
    const known = values.get(name);
    if (known) return known;
    const constant = conversion.weights.get(name);
    const value = constant ? scalar(writer, name, constant) : nodeValue(name);
    values.set(name, value);
    return value;
  };
  const nodeValue = (name: string): OnnxValue => {
    const node = nodes.get(name);
    const convert = node && operators[node.op];
    if (!convert) throw new Error(`${conversion.name}: cannot convert ${node?.op ?? 'nothing'} at ${name}`);
    const { inputChannels } = conversion;
    return convert(node, { writer, weight, valueAt, inputChannels });
  };
  for (const { node, name, channels } of conversion.outputs) {
    const output = writer.node('Identity', [valueAt(node)], {}, name);
    writer.output(output, [1, channels, `${name}Height`, `${name}Width`]);
  }
  return writer.toBytes();
}

interface Context {
  writer: OnnxWriter;
  weight(name: string): WeightTensor;
  valueAt(name: string): OnnxValue;
  inputChannels: number;
}
type Convert = (node: GraphNode, context: Context) => OnnxValue;

const operators: Readonly<Record<string, Convert | undefined>> = {
  Placeholder: (_, { writer, inputChannels }) => writer.input('image', [1, inputChannels, 'height', 'width']),
  Identity: ({ input: [from = ''] }, { valueAt }) => valueAt(from),
  Add: elementwise('Add'),
  AddV2: elementwise('Add'),
  Mul: elementwise('Mul'),
  Relu: elementwise('Relu'),
  Relu6: (node, { writer, valueAt }) => activate('Relu6', valueAt(node.input[0] ?? ''), writer),
  Sigmoid: elementwise('Sigmoid'),
  Mean: meanOverImage,
  ConcatV2: concatChannels,
  ResizeBilinear: doubleSize,
  Conv2D: convolution,
  // The rewriting of TensorFlow.js puts a bias and an activation into the convolution that they follow.
  _FusedConv2D: convolution,
  DepthwiseConv2dNative: convolution,
  FusedDepthwiseConv2dNative: convolution,
};

function elementwise(type: string): Convert {
  return ({ input }, { writer, valueAt }) => writer.node(type, input.map(valueAt));
}

function convolution(node: GraphNode, { writer, weight, valueAt }: Context): OnnxValue {
  const [from = '', kernelName = '', biasName] = node.input;
  const depthwise = node.op.includes('Depthwise');
  const kernel = (depthwise ? depthwiseKernel : convolutionKernel)(weight(kernelName));
  const [channelsOut = 0, , height = 0, width = 0] = kernel.dimensions;
  const [, down = 1, across = 1] = (node.attr.strides?.list?.i ?? []).map(Number);
  const dilated = node.attr.dilations?.list?.i?.some((dilation) => dilation !== '1');
  const padding = text(node.attr.padding?.s);
  if (dilated || (padding !== 'SAME' && padding !== 'VALID')) {
    throw new Error(`${node.name}: a convolution with padding ${padding}${dilated ? ', dilated' : ''}`);
  }
  const inputs = [valueAt(from), writer.floats(kernel.data, kernel.dimensions)];
  if (biasName) inputs.push(writer.floats(weight(biasName).data, [channelsOut]));
  const value = writer.node('Conv', inputs, {
    kernel_shape: [height, width],
    strides: [down, across],
    auto_pad: padding === 'SAME' ? 'SAME_UPPER' : 'VALID',
    group: depthwise ? channelsOut : 1,
  });
  const fused = (node.attr.fused_ops?.list?.s ?? []).map(text).filter((name) => name !== 'BiasAdd');
  return fused.reduce((before, name) => activate(name, before, writer), value);
}

function activate(name: string, value: OnnxValue, writer: OnnxWriter): OnnxValue {
  if (name === 'Relu') return writer.node('Relu', [value]);
  if (name === 'Relu6') return writer.node('Clip', [value, writer.floats([0], []), writer.floats([6], [])]);
  throw new Error(`cannot convert the activation ${name}`);
}

function meanOverImage({ name, input: [from = '', axes = ''] }: GraphNode, context: Context): OnnxValue {
  if (context.weight(axes).data.join() !== '1,2') throw new Error(`${name}: a mean over other axes`);
  return context.writer.node('ReduceMean', [context.valueAt(from)], { axes: [2, 3], keepdims: 1 });
}

function concatChannels({ name, input }: GraphNode, context: Context): OnnxValue {
  const axis = context.weight(input.at(-1) ?? '').data[0];
  if (axis !== 3 && axis !== -1) throw new Error(`${name}: joined along axis ${axis}`);
  return context.writer.node('Concat', input.slice(0, -1).map(context.valueAt), { axis: 1 });
}

/** The size is fixed in the graph; networks of this kind double it, which also fits other sizes of image. */
function doubleSize({ input: [from = ''] }: GraphNode, { writer, valueAt }: Context): OnnxValue {
  const scales = writer.floats([1, 1, 2, 2], [4]);
  return writer.node('Resize', [valueAt(from), '', scales], {
    mode: 'linear',
    coordinate_transformation_mode: 'asymmetric',
  });
}

function scalar(writer: OnnxWriter, name: string, { data, dimensions }: WeightTensor): OnnxValue {
  if (data.length !== 1) throw new Error(`${name}: ${dimensions.join('×')} numbers where one is expected`);
  return writer.floats(data, []);
}

function text(base64 = ''): string {
  return Buffer.from(base64, 'base64').toString('latin1');
}
