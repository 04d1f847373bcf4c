"""Reads a TensorBoard event file with nothing of this project: protobuf's own runtime, with the messages built from TensorFlow's published field numbers, and a
CRC-32C from crcmod where it is installed, else computed bit by bit. Prints a line of JSON per event. Needs python3-protobuf."""
import json
import struct
import sys

from google.protobuf import descriptor_pb2, descriptor_pool, message_factory

try:
    import crcmod.predefined
    crc32c = crcmod.predefined.mkPredefinedCrcFun("crc-32c")
except ImportError:
    def crc32c(data):
        crc = 0xFFFFFFFF
        for byte in data:
            crc ^= byte
            for _ in range(8):
                crc = (crc >> 1) ^ (0x82F63B78 if crc & 1 else 0)
        return crc ^ 0xFFFFFFFF


def masked(data):
    crc = crc32c(data)
    return ((crc >> 15 | crc << 17) + 0xA282EAD8) & 0xFFFFFFFF


def field(message, name, number, kind, repeated=False, type_name=None):
    f = message.field.add(name=name, number=number, type=kind, label=3 if repeated else 1)
    if type_name:
        f.type_name = type_name


DOUBLE, FLOAT, INT64, INT32, STRING, MESSAGE, BYTES = 1, 2, 3, 5, 9, 11, 12
file = descriptor_pb2.FileDescriptorProto(name="e.proto", package="t", syntax="proto3")
image = file.message_type.add(name="Image")
field(image, "height", 1, INT32)
field(image, "width", 2, INT32)
field(image, "colorspace", 3, INT32)
field(image, "encoded_image_string", 4, BYTES)
value = file.message_type.add(name="Value")
field(value, "tag", 1, STRING)
field(value, "simple_value", 2, FLOAT)
field(value, "image", 4, MESSAGE, type_name=".t.Image")
summary = file.message_type.add(name="Summary")
field(summary, "value", 1, MESSAGE, True, ".t.Value")
event = file.message_type.add(name="Event")
field(event, "wall_time", 1, DOUBLE)
field(event, "step", 2, INT64)
field(event, "file_version", 3, STRING)
field(event, "summary", 5, MESSAGE, type_name=".t.Summary")
pool = descriptor_pool.DescriptorPool()
pool.Add(file) if hasattr(pool, "Add") else pool.AddSerializedFile(file.SerializeToString())
Event = message_factory.MessageFactory(pool).GetPrototype(pool.FindMessageTypeByName("t.Event"))

with open(sys.argv[1], "rb") as stream:
    while header := stream.read(12):
        length, check = struct.unpack("<QI", header)
        assert masked(header[:8]) == check, "the length's checksum is wrong"
        data = stream.read(length)
        assert masked(data) == struct.unpack("<I", stream.read(4))[0], "the record's checksum is wrong"
        e = Event.FromString(data)
        scalars, images = {}, {}
        for v in e.summary.value:
            if v.HasField("image"):
                png = v.image.encoded_image_string
                width, height = struct.unpack(">II", png[16:24])
                assert (width, height) == (v.image.width, v.image.height) and png[1:4] == b"PNG"
                images[v.tag] = [width, height, v.image.colorspace]
            else:
                scalars[v.tag] = v.simple_value if v.simple_value == v.simple_value else None
        print(json.dumps({"time": e.wall_time, "step": e.step, "version": e.file_version, "scalars": scalars, "images": images}))
