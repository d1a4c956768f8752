"""Reads an .xlsx file from standard input by the standard alone: prints its cells as JSON, a list for each row.

Refuses what is no text: formulas, numbers, links, macros, and parts that nothing refers to.
"""
import io
import json
import re
import sys
import xml.etree.ElementTree as xml
import zipfile

MAIN = '{http://schemas.openxmlformats.org/spreadsheetml/2006/main}'
RELATION = '{http://schemas.openxmlformats.org/package/2006/relationships}'

archive = zipfile.ZipFile(io.BytesIO(sys.stdin.buffer.read()))
assert archive.testzip() is None
names = set(archive.namelist())
# Every part is well-formed XML.
parts = {name: xml.fromstring(archive.read(name)) for name in names}


def string(element):
    """ST_Xstring: ECMA-376 Part 1, 22.9.2.19."""
    text = ''.join(part.text or '' for part in element.iter(MAIN + 't'))
    return re.sub('_x([0-9A-Fa-f]{4})_', lambda match: chr(int(match[1], 16)), text)


targets = {
    relation.get('Id'): relation.get('Target')
    for relation in parts['xl/_rels/workbook.xml.rels'].iter(RELATION + 'Relationship')
}
for relation in (one for part in parts.values() for one in part.iter(RELATION + 'Relationship')):
    assert relation.get('TargetMode') != 'External', relation.attrib
strings = [string(item) for item in parts['xl/sharedStrings.xml'].iter(MAIN + 'si')]

sheets = list(parts['xl/workbook.xml'].iter(MAIN + 'sheet'))
assert len(sheets) == 1
reference = '{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id'
sheet = parts['xl/' + targets[sheets[0].get(reference)].removeprefix('/xl/')]
assert not list(sheet.iter(MAIN + 'f')), 'a formula'
assert not list(sheet.iter(MAIN + 'hyperlink')), 'a link'

rows = []
for row in sheet.iter(MAIN + 'row'):
    cells = {}
    for cell in row.iter(MAIN + 'c'):
        assert cell.get('t') == 's', cell.attrib
        column = re.match('[A-Z]+', cell.get('r'))[0]
        cells[column] = strings[int(cell.find(MAIN + 'v').text)]
    rows.append([cells.get(column, '') for column in 'ABCDEFG'])
print(json.dumps({'name': sheets[0].get('name'), 'rows': rows}))
