"""The names of the language model's files in its folder."""

MODEL_FILE = "meaning.onnx"
PIECES_FILE = "spm.model"
