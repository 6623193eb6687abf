#!/usr/bin/env bash
# Fills corpus/ with inputs to begin with: the samples of the readers' tests, the sample articles,
# and what is given. Most targets take a first byte that says how the rest is meant.
#
# usage: ./seeds.sh [TARGET=FOLDER ...]
#   feed=../some/feeds   also begins with the files of that folder, for one run; they are cut to
#                        16 KiB.
set -euo pipefail
cd "$(dirname "$0")"
samples=../crates/ingest/tests/samples
articles=../tests/corpus

# seed TARGET MODES FILE: the file behind each of the mode bytes; "-" for none.
seed() {
    local folder="corpus/$1" name mode
    mkdir -p "$folder"
    name=$(cksum "$3" | cut -d' ' -f1)
    if [ "$2" = - ]; then
        head -c 16384 "$3" > "$folder/$name"
        return
    fi
    for mode in $2; do
        { printf "\\x$mode"; head -c 16383 "$3"; } > "$folder/$name-$mode"
    done
}

declare -A modes=(
    [text]=- [json]="00 01 02 03" [csv]="00 01" [feed]="00 01 02" [page]=- [warc]="00 01 02 03"
    [mail]="00 01" [wire]="00 01 02" [iptc7901]=- [packed]="01 03 05 07 09 0b 0d 15"
    [encodings]="00 01 02 09" [dates]="00 01 02 03 04 05" [query]=-
)
for file in "$samples"/story.*; do seed text - "$file"; done
find "$articles" -name '*.txt' -o -name '*.md' | while read -r file; do
    seed text - "$file"
    seed encodings "${modes[encodings]}" "$file"
done
for file in "$samples"/*.json "$samples"/*.jsonl; do seed json "${modes[json]}" "$file"; done
for file in "$samples"/*.csv "$samples"/story.txt; do seed csv "${modes[csv]}" "$file"; done
for file in "$samples"/{rss,atom}.xml "$samples"/feed.json; do seed feed "${modes[feed]}" "$file"; done
seed page - "$samples/page.html"
for file in "$samples"/crawl.*; do seed warc "${modes[warc]}" "$file"; done
for file in "$samples"/*.eml "$samples"/*.mbox; do seed mail "${modes[mail]}" "$file"; done
for file in "$samples"/{nitf,newsml,newsml-g2}.xml; do seed wire "${modes[wire]}" "$file"; done
seed iptc7901 - "$samples/wire.iptc"
seed encodings "${modes[encodings]}" "$samples/page.html"
seed packed "${modes[packed]}" "$samples/lines.jsonl"

packed=$(mktemp -d)
trap 'rm -r "$packed"' EXIT
gzip -c "$samples/lines.jsonl" > "$packed/a.gz"
gzip -c "$samples/story.txt" >> "$packed/a.gz"
tar -C "$samples" -cf "$packed/a.tar" story.md lines.jsonl
for tool in zstd bzip2 xz; do
    if command -v $tool > /dev/null; then $tool -c < "$packed/a.tar" > "$packed/a.$tool"; fi
done
if command -v zip > /dev/null; then (cd "$samples" && zip -q - story.md lines.jsonl) > "$packed/a.zip"; fi
for file in "$packed"/*; do seed packed 00 "$file"; done

# Dates and queries are short: each example is a line here.
lines() {
    local file="$packed/line" line
    while read -r line; do
        printf '%s' "$line" > "$file"
        seed "$1" "${modes[$1]}" "$file"
    done
}
lines dates < seeds/dates.txt
lines query < seeds/queries.txt

for given in "$@"; do
    target=${given%%=*}
    find "${given#*=}" -type f -size -64k | while read -r file; do
        seed "$target" "${modes[$target]}" "$file"
    done
done
