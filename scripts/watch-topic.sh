#!/usr/bin/env -S bash -p
# Shows the listens as they arrive; Ctrl-C ends it. More arguments go to kcat: watch-topic.sh -o beginning -c 5
# TLS and SASL are kcat's: ~/.config/kcat.conf, or the file that KCAT_CONFIG names; with security.folder or local.secure
# that of the folder.
. "$(dirname "$(readlink -f "$0")")/common.sh"

command -v kcat >/dev/null || fail "kcat is not installed: apt-get install kcat (Debian, Ubuntu) or brew install kcat"
values=$(settings security.used-folder kafka.bootstrap-servers kafka.topic)
{ read -r security; read -r bootstrap_servers; read -r topic; } <<<"$values"
if [[ -z ${KCAT_CONFIG-} && -n $security && -e $security/kcat.conf ]]; then
  export KCAT_CONFIG=$security/kcat.conf
fi
login=${KCAT_CONFIG:-$HOME/.config/kcat.conf}
# Earlier ones answer with a wrong nonce, which Kafka has not taken since 3.8.1 (librdkafka's pull request 4895).
if [[ -r $login && $(<"$login") == *SCRAM-* && $(kcat -V) =~ librdkafka\ v?([0-9]+)\.([0-9]+)\.([0-9]+) ]] &&
  ((BASH_REMATCH[1] * 10000 + BASH_REMATCH[2] * 100 + BASH_REMATCH[3] < 20601)); then
  fail "kcat has ${BASH_REMATCH[0]}, which Kafka does not let in by SCRAM, expected 2.6.1 or later: install a newer" \
    "one, or look at what is stored: scripts/query.sh sample"
fi
exec kcat -C -b "$bootstrap_servers" -t "$topic" -u -o end \
  -f '%T  partition %p offset %o  %s\n' "$@"
