#!/usr/bin/env -S bash -p
# Makes an authority of one's own, and certificates that it signs, with the JDK's keytool.
#
#   make-certificates.sh FOLDER NAME HOST[,HOST…] [--days N]
#
# FOLDER gets, readable by nobody else: ca.p12 (the authority with its key: once, keep it safe), ca.pem and trust.p12
# (its certificate, for all who are to trust it), and anew at each call, valid for N days (default: 825) for the names
# and addresses HOST: NAME.p12 (key and certificates), NAME.pem and NAME.key (the same for programs that read PEM).
# With N below 0 the certificate ended so many days ago, for trials.
#
# The password of all key stores is PLAYLOG_STORE_PASSWORD, else it stands in FOLDER/stores.password, which is made at
# random if it is missing. NAME.key has no password: whoever may read it needs none.
. "$(dirname "$(readlink -f "$0")")/../../scripts/common.sh"

usage() {
  sed -n '2,/^[^#]/{/^#/s/^# \{0,1\}//p}' "$0"
}

days=825
names=()
while [[ $# -gt 0 ]]; do
  case $1 in
    -h | --help) usage && exit ;;
    --days) [[ ${2-} =~ ^-?[0-9]{1,4}$ ]] || fail "--days: found '${2-}', expected a number of days"; days=$2; shift ;;
    -*) usage >&2 && exit 2 ;;
    *) names+=("$1") ;;
  esac
  shift
done
[[ ${#names[@]} -eq 3 ]] || { usage >&2 && exit 2; }
folder=${names[0]}
name=${names[1]}
[[ $name =~ ^[A-Za-z0-9_.-]+$ && $name != ca && $name != trust ]] || fail "NAME: found '$name', expected letters, digits, _ . and -"
require_jdk
keytool=${JAVA_HOME:+$JAVA_HOME/bin/}keytool

umask 77
mkdir -p "$folder"
# Two at a time would make two authorities.
exec 8>"$folder/.lock"
flock 8

secret=(:env PLAYLOG_STORE_PASSWORD)
if [[ -z ${PLAYLOG_STORE_PASSWORD-} ]]; then
  file=$folder/stores.password
  [[ -e $file ]] || head -c 24 /dev/urandom | base64 | tr -d '\n' >"$file"
  # Bits of the group and of others.
  [[ -O $file && $((8#$(stat -c %a "$file") & 8#77)) -eq 0 ]] ||
    fail "$file: others may read it. Set PLAYLOG_STORE_PASSWORD, or make it your own: chmod 600"
  secret=(:file "$file")
fi

# keys STORE OPTION...: keytool on a key store of the folder
keys() {
  local printed
  # It prints what went wrong where its result would be.
  printed=$("$keytool" "${@:2}" -keystore "$folder/$1" -storetype PKCS12 "-storepass${secret[0]}" "${secret[1]}" \
    2>"$folder/.said") || fail "keytool: $printed$(cat "$folder/.said")"
  [[ -z $printed ]] || printf '%s\n' "$printed"
}

key=(-keyalg EC -groupname secp256r1 -sigalg SHA256withECDSA)
if [[ ! -e $folder/ca.p12 ]]; then
  keys new.p12 -genkeypair -alias ca -dname "CN=Playlog authority" "${key[@]}" -startdate -1d -validity 3650 \
    -ext bc:c=ca:true,pathlen:0 -ext ku:c=keyCertSign,cRLSign
  keys new.p12 -exportcert -rfc -alias ca >"$folder/ca.pem"
  rm -f "$folder/trust.p12"
  # Nothing in it is secret: it opens without a password, too.
  keys trust.p12 -importcert -noprompt -alias ca -file "$folder/ca.pem" -J-Dkeystore.pkcs12.macAlgorithm=NONE \
    -J-Dkeystore.pkcs12.certProtectionAlgorithm=NONE >/dev/null
  mv "$folder/new.p12" "$folder/ca.p12"
fi

hosts=
IFS=, read -ra list <<<"${names[2]}"
for host in "${list[@]}"; do
  kind=dns
  [[ ! $host =~ ^[0-9.]+$|: ]] || kind=ip
  hosts+=,$kind:$host
done
period=(-startdate -1d -validity "$((days + 1))")
[[ $days -ge 0 ]] || period=(-startdate "$((days - 1))d" -validity 1)

rm -f "$folder/new.p12"
keys new.p12 -genkeypair -alias server -dname "CN=$name" "${key[@]}"
keys new.p12 -certreq -alias server |
  keys ca.p12 -gencert -alias ca -rfc "${period[@]}" -sigalg SHA256withECDSA -ext "san=${hosts#,}" \
    -ext ku:c=digitalSignature -ext eku=serverAuth,clientAuth >"$folder/new.pem"
cat "$folder/ca.pem" >>"$folder/new.pem"
keys new.p12 -importcert -noprompt -trustcacerts -alias server -file "$folder/new.pem" >/dev/null
# keytool gives no key away.
"$java" "${java_options[@]}" "$root/deploy/security/PrintKey.java" "$folder/new.p12" "${secret[@]}" >"$folder/new.key"
# Each at once: who reads one meanwhile gets the earlier or the later one.
for ending in p12 key pem; do
  mv "$folder/new.$ending" "$folder/$name.$ending"
done
rm -f "$folder/.said"
