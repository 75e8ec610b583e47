"""The binary format of Word 97–2003, also written by WPS, after [MS-DOC].

`fib` finds the streams and the places in them, `pieces` the text (also of complex, fast-saved files), `sprms` takes
property lists apart, `formats` tells the properties of a paragraph and of characters, `rows` the cells of a row.
"""
