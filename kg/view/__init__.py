"""Pictures of a graph: a page of HTML that shows the evidence behind every line, or a static SVG or PNG."""
