// Field numbers and type codes are those of onnx.proto (https://github.com/onnx/onnx/blob/main/onnx/onnx.proto).
import { endianness } from 'node:os';
import { ProtobufMessage } from './protobuf.ts';

/** A fixed size, or the name of one that is known when the model runs. */
export type OnnxDimension = number | string;
/** Numbers that are whole become integers: write { float: 1 } where ONNX wants a float. */
export type OnnxAttribute = number | number[] | string | { float: number };

/** What a node gives or takes: only its name, so that it can also be written down by hand. */
export type OnnxValue = string;

export interface OnnxWriter {
  /** A float32 tensor that is given when the model runs. */
  input(name: string, dimensions: readonly OnnxDimension[]): OnnxValue;
  /** A constant float32 tensor; [] is a scalar. Throws when the numbers do not fill the dimensions. */
  floats(numbers: Float32Array | readonly number[], dimensions: readonly number[]): OnnxValue;
  /** A constant list of int64. */
  integers(numbers: readonly number[]): OnnxValue;
  /** One node with one output, named by the writer or by `name`. An input '' is an optional one left out. */
  node(
    type: string,
    inputs: readonly OnnxValue[],
    attributes?: Readonly<Record<string, OnnxAttribute>>,
    name?: string,
  ): OnnxValue;
  /** Makes a value an output of the model, under the name it has. */
  output(value: OnnxValue, dimensions: readonly OnnxDimension[]): void;
  /** The whole model, as an .onnx file holds it. The same calls give the same bytes. */
  toBytes(): Uint8Array;
}

const irVersion = 8;
/** The last operator set in which ReduceMean still takes its axes as an attribute. */
const operatorSet = 13;
const elementType = { float32: 1, int64: 7 };
const attributeType = { float: 1, integer: 2, text: 3, integers: 7 };

/** Builds a neural network node by node. Shapes and operators are checked by the runtime that loads it, not here. */
export function createOnnxWriter(name: string): OnnxWriter {
  const nodes: ProtobufMessage[] = [];
  const constants: ProtobufMessage[] = [];
  const inputs: ProtobufMessage[] = [];
  const outputs: ProtobufMessage[] = [];
  let lastName = 0;
  const newName = () => {
    lastName += 1;
    return `value${lastName}`;
  };
  const constant = (type: number, bytes: Uint8Array, dimensions: readonly number[]) => {
    const constantName = newName();
    const tensor = new ProtobufMessage();
    for (const dimension of dimensions) tensor.integer(1, dimension);
    constants.push(tensor.integer(2, type).bytes(8, constantName).bytes(9, bytes));
    return constantName;
  };

  return {
    input: (inputName, dimensions) => {
      inputs.push(valueInfo(inputName, dimensions));
      return inputName;
    },
    floats: (numbers, dimensions) => {
      const size = dimensions.reduce((product, dimension) => product * dimension, 1);
      if (numbers.length !== size)
        throw new Error(`${numbers.length} numbers for a tensor of ${dimensions.join('×')}`);
      return constant(elementType.float32, bytesOf(Float32Array.from(numbers)), dimensions);
    },
    integers: (numbers) =>
      constant(elementType.int64, bytesOf(BigInt64Array.from(numbers, BigInt)), [numbers.length]),
    node: (type, nodeInputs, attributes = {}, outputName = newName()) => {
      const node = new ProtobufMessage();
      for (const value of nodeInputs) node.bytes(1, value);
      node.bytes(2, outputName).bytes(3, outputName).bytes(4, type);
      for (const [key, value] of Object.entries(attributes)) node.bytes(5, attribute(key, value));
      nodes.push(node);
      return outputName;
    },
    output: (value, dimensions) => {
      outputs.push(valueInfo(value, dimensions));
    },
    toBytes: () => {
      const graph = new ProtobufMessage();
      for (const node of nodes) graph.bytes(1, node);
      graph.bytes(2, name);
      for (const tensor of constants) graph.bytes(5, tensor);
      for (const input of inputs) graph.bytes(11, input);
      for (const output of outputs) graph.bytes(12, output);
      const operators = new ProtobufMessage().bytes(1, '').integer(2, operatorSet);
      return new ProtobufMessage().integer(1, irVersion).bytes(7, graph).bytes(8, operators).toBytes();
    },
  };
}

function valueInfo(name: string, dimensions: readonly OnnxDimension[]): ProtobufMessage {
  const shape = new ProtobufMessage();
  for (const dimension of dimensions) {
    const size = new ProtobufMessage();
    shape.bytes(1, typeof dimension === 'string' ? size.bytes(2, dimension) : size.integer(1, dimension));
  }
  const tensorType = new ProtobufMessage().integer(1, elementType.float32).bytes(2, shape);
  return new ProtobufMessage().bytes(1, name).bytes(2, new ProtobufMessage().bytes(1, tensorType));
}

function attribute(name: string, value: OnnxAttribute): ProtobufMessage {
  const message = new ProtobufMessage().bytes(1, name);
  if (typeof value === 'string') return message.bytes(4, value).integer(20, attributeType.text);
  if (typeof value === 'number') return message.integer(3, value).integer(20, attributeType.integer);
  if ('float' in value) return message.float(2, value.float).integer(20, attributeType.float);
  for (const one of value) message.integer(8, one);
  return message.integer(20, attributeType.integers);
}

/** ONNX holds numbers little-endian, and so do all processors that we run on. */
function bytesOf(numbers: Float32Array | BigInt64Array): Uint8Array {
  if (endianness() !== 'LE') throw new Error('models can only be written on a little-endian processor');
  return new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength);
}
