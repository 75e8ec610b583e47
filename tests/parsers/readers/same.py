"""What a rendered report must read back as."""

from parsers.parse import parse

IDENTITIES = {"identity_broken"}


def assert_reads_back(report, data, format_):
    """Every cell equal, no cell more or less, and no finding about what the reader did."""
    reading = parse(data)
    assert (reading.format, reading.outcome) == (format_, "report"), reading.message
    (read,) = reading.reports
    assert read.cells() == report.figures()
    assert (read.form, read.year, read.issuer, read.title) == (
        report.form,
        report.year,
        report.issuer,
        report.title,
    )
    return read


def assert_no_silent_error(report, data):
    """Every cell equal, or null and noted, or absent; none is a wrong number or a blank where something stood."""
    for read in parse(data).reports:
        for path, value in read.cells().items():
            noted = path in read.notes
            assert value == report.figures()[path] or (value is None and noted), path
