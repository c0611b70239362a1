// Field numbers and type codes are those of onnx.proto (https://github.com/onnx/onnx/blob/main/onnx/onnx.proto).
import { ProtobufMessage } from './protobuf.ts';
import { type ProtobufField, readProtobuf } from './read-protobuf.ts';

export interface OnnxNode {
  type: string;
  inputs: string[];
  outputs: string[];
  /** Whole AttributeProto fields, as they are written in a node. */
  attributes: Uint8Array[];
}

export interface OnnxTensor {
  dimensions: number[];
  numbers: Float32Array;
}

/** A network of which nodes may be changed; everything else stays as it was read. */
export interface OnnxGraph {
  nodes: OnnxNode[];
  /** Names that the network gives to the outside. */
  outputs: ReadonlySet<string>;
  toBytes(): Uint8Array;
}

const modelField = { graph: 7 };
const graphField = { node: 1, output: 12 };
const nodeField = { input: 1, output: 2, type: 4, attribute: 5 };
const attributeField = { name: 1, float: 2, tensor: 5, type: 20 };
const attributeType = { float: 1, tensor: 4 };
const tensorField = { dimension: 1, type: 2, floats: 4, raw: 9 };
const float32 = 1;

export function readOnnxGraph(bytes: Uint8Array): OnnxGraph {
  const model = readProtobuf(bytes);
  const fields = readProtobuf(contentOf(model, modelField.graph) ?? new Uint8Array());
  const outputs = fields.filter(({ field }) => field === graphField.output);
  const graph: OnnxGraph = {
    nodes: fields.flatMap(({ field, value }) => (field === graphField.node ? [readNode(value)] : [])),
    outputs: new Set(outputs.map(({ value }) => textOf(readProtobuf(asBytes(value)), 1))),
    toBytes: () => {
      const others = fields.filter(({ field }) => field !== graphField.node).map(({ raw }) => raw);
      const nodes = graph.nodes.map((node) => new ProtobufMessage().bytes(graphField.node, nodeBytes(node)));
      const content = Buffer.concat([...nodes.map((node) => node.toBytes()), ...others]);
      const rest = model.filter(({ field }) => field !== modelField.graph).map(({ raw }) => raw);
      return Buffer.concat([...rest, new ProtobufMessage().bytes(modelField.graph, content).toBytes()]);
    },
  };
  return graph;
}

/** The numbers of a node of type Constant; null when they are not float32. */
export function constantOf(node: OnnxNode): OnnxTensor | null {
  if (node.type !== 'Constant') return null;
  const attributes = node.attributes.map((raw) => readProtobuf(asBytes(readProtobuf(raw)[0]?.value ?? 0)));
  const tensor = attributes.flatMap((fields) => contentOf(fields, attributeField.tensor) ?? [])[0];
  const fields = readProtobuf(tensor ?? new Uint8Array());
  if (fields.find(({ field }) => field === tensorField.type)?.value !== float32) return null;
  const content = contentOf(fields, tensorField.raw) ?? contentOf(fields, tensorField.floats);
  return {
    dimensions: fields
      .filter(({ field }) => field === tensorField.dimension)
      .map(({ value }) => Number(value)),
    // A copy, because the numbers need not stand at a multiple of four.
    numbers: new Float32Array(new Uint8Array(content ?? []).buffer),
  };
}

export function constantNode(name: string, { dimensions, numbers }: OnnxTensor): OnnxNode {
  const tensor = new ProtobufMessage();
  for (const dimension of dimensions) tensor.integer(tensorField.dimension, dimension);
  const bytes = new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength);
  tensor.integer(tensorField.type, float32).bytes(tensorField.raw, bytes);
  const value = new ProtobufMessage()
    .bytes(attributeField.name, 'value')
    .bytes(attributeField.tensor, tensor)
    .integer(attributeField.type, attributeType.tensor);
  const attribute = new ProtobufMessage().bytes(nodeField.attribute, value).toBytes();
  return { type: 'Constant', inputs: [], outputs: [name], attributes: [attribute] };
}

export function floatAttribute(name: string, value: number): Uint8Array {
  const attribute = new ProtobufMessage()
    .bytes(attributeField.name, name)
    .float(attributeField.float, value)
    .integer(attributeField.type, attributeType.float);
  return new ProtobufMessage().bytes(nodeField.attribute, attribute).toBytes();
}

function readNode(value: number | Uint8Array): OnnxNode {
  const fields = readProtobuf(asBytes(value));
  const textsOf = (wanted: number) =>
    fields.flatMap(({ field, value: text }) => (field === wanted ? [asText(text)] : []));
  return {
    type: textOf(fields, nodeField.type),
    inputs: textsOf(nodeField.input),
    outputs: textsOf(nodeField.output),
    attributes: fields.filter(({ field }) => field === nodeField.attribute).map(({ raw }) => raw),
  };
}

function nodeBytes({ type, inputs, outputs, attributes }: OnnxNode): Uint8Array {
  const message = new ProtobufMessage();
  for (const input of inputs) message.bytes(nodeField.input, input);
  for (const output of outputs) message.bytes(nodeField.output, output);
  message.bytes(nodeField.type, type);
  return Buffer.concat([message.toBytes(), ...attributes]);
}

function contentOf(fields: ProtobufField[], wanted: number): Uint8Array | null {
  const found = fields.find(({ field }) => field === wanted);
  return found ? asBytes(found.value) : null;
}

function textOf(fields: ProtobufField[], wanted: number): string {
  return asText(contentOf(fields, wanted) ?? new Uint8Array());
}

function asBytes(value: number | Uint8Array): Uint8Array {
  return typeof value === 'number' ? new Uint8Array() : value;
}

function asText(value: number | Uint8Array): string {
  return Buffer.from(asBytes(value)).toString('utf8');
}
