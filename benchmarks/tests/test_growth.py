from xml.etree import ElementTree

from playlog_benchmarks.growth import Panel, svg


def test_every_point_is_drawn_with_its_value():
    panels = [Panel("rate & more", [(0.5, 30_000), (4, 60_000)]), Panel("time", [(0.5, 0), (4, 0)])]
    root = ElementTree.fromstring(svg(panels, "million listens"))
    texts = [text.text for text in root.iter("{http://www.w3.org/2000/svg}text")]
    assert {"rate & more", "30,000", "60,000", "0.5", "4", "million listens"} <= set(texts)
    lines = [line.get("points").split() for line in root.iter("{http://www.w3.org/2000/svg}polyline")]
    first = [tuple(map(float, point.split(","))) for point in lines[0]]
    assert first == [(43.8, 82.0), (210.0, 34.0)]
