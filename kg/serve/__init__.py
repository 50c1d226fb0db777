"""``kg serve``: a graph over HTTP, by the SPARQL 1.1 Protocol, and its pages.

Queries run in worker processes over a snapshot of the graph, since Oxigraph cannot stop a query inside a process: one
that takes too long ends with its worker. What the server reads is never what a build writes.
"""
