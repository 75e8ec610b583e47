"""One file per format: bytes → Document. The type is sniffed from the bytes, never from the name."""
