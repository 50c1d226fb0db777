#!/bin/sh
# The main job on real text: two stories to graphs, who denied what with the sentences, a picture and Turtle.
set -eu
cd "$(dirname "$0")/.."
rm -rf demo
mkdir demo

for story in iran phone-call; do
    own=examples/$story/gazetteer.yaml
    echo
    echo "== examples/$story =="
    if [ -f "$own" ]; then
        kg build "examples/$story/articles" -g "demo/$story.kg" --gazetteer "$own"
    else
        kg build "examples/$story/articles" -g "demo/$story.kg"
    fi
    echo
    echo "Who denied what:"
    kg query -g "demo/$story.kg" -n denials -f table
    echo
    echo "Who could not confirm what:"
    kg query -g "demo/$story.kg" -n unconfirmed -f table
    echo
    echo "Asserted by one, denied by another:"
    kg query -g "demo/$story.kg" -n contested -f table
    kg export -g "demo/$story.kg" -o "demo/$story.ttl"
    kg view -g "demo/$story.kg" -o "demo/$story.html"
    kg validate -g "demo/$story.kg"
done
echo
echo "Look at demo/iran.html and demo/phone-call.html, or read demo/iran.ttl."
