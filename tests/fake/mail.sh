#!/bin/sh
# Runs a program with a real Postfix and a real Dovecot of its own: an instance in a folder, at
# ports that the kernel gave, with an authority of its own for its certificate; stopped by process
# ids and removed when the program ends. Whatever address is mailed has a mailbox, but: full@
# (452), overfull@ (552), unknown@ (550), later@ (450), each of any domain.
#
# The program finds, in its environment: WAKER_TEST_MAIL_SMTP, _SUBMISSION (STARTTLS and a
# password), _SMTPS (likewise, TLS at once), _IMAP, _IMAPS: ports at 127.0.0.1; _USER and
# _PASSWORD, for submission and for the mailbox of every address; _CA: the authority's file; _PIN:
# the server's key as sha256//…; _ROOT: Maildirs, DOMAIN/LOCAL/new; _LOG: what Postfix says.
# The certificate is for localhost, 127.0.0.1, mail.test.example and mx.member.example.
# Without Postfix, Dovecot or root the program runs with none of these.
# usage: mail.sh PROGRAM [ARGUMENT…]
set -eu
sbin=/usr/lib/postfix/sbin
lacks=
test -x $sbin/master && command -v dovecot >/dev/null && test -e /usr/lib/dovecot/lmtp || lacks="no Postfix and Dovecot here"
test "$(id -u)" = 0 || lacks="Postfix wants to be started by root"
test -z "$lacks" || { echo "# mail.sh: $lacks" >&2; exec "$@"; }
dir=$(mktemp -d "$(test -w /dev/shm && echo /dev/shm || echo /tmp)/waker-mail-XXXXXX")
chmod 755 "$dir"
postfix= dovecot=
stop() {
	for p in $postfix $dovecot; do kill "$p" 2>/dev/null && wait "$p" 2>/dev/null || true; done
	rm -rf "$dir"
}
trap stop EXIT
trap 'exit 143' INT TERM HUP

# shellcheck disable=SC2046 # five words
set -- $(python3 -c 'import socket
all = [socket.create_server(("127.0.0.1", 0)) for _ in range(5)]
print(*[s.getsockname()[1] for s in all])') "$@"
smtp=$1 submission=$2 smtps=$3 imap=$4 imaps=$5
shift 5

mkdir "$dir/etc" "$dir/queue" "$dir/data" "$dir/mail" "$dir/tls" "$dir/run"
chown postfix "$dir/data"
chown mail "$dir/mail"
names=DNS:localhost,IP:127.0.0.1,DNS:mail.test.example,DNS:mx.member.example
ec="-newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 30"
# shellcheck disable=SC2086 # ec: words
{
	openssl req -x509 $ec -keyout "$dir/tls/ca.key" -out "$dir/tls/ca.pem" -subj "/CN=Authority of a test"
	openssl req $ec -keyout "$dir/tls/key" -out "$dir/tls/csr" -subj /CN=mail.test.example
	echo "subjectAltName=$names" >"$dir/tls/ext"
	openssl x509 -req -in "$dir/tls/csr" -CA "$dir/tls/ca.pem" -CAkey "$dir/tls/ca.key" -CAcreateserial -days 30 \
		-extfile "$dir/tls/ext" -out "$dir/tls/cert"
} >"$dir/openssl" 2>&1 || { cat "$dir/openssl" >&2; exit 1; }
pin=sha256//$(openssl x509 -in "$dir/tls/cert" -pubkey -noout | openssl pkey -pubin -outform DER | openssl dgst -sha256 -binary | openssl base64)

cat >"$dir/etc/main.cf" <<END
compatibility_level = 3.6
config_directory = $dir/etc
queue_directory = $dir/queue
data_directory = $dir/data
daemon_directory = $sbin
command_directory = /usr/sbin
mail_owner = postfix
setgid_group = postdrop
maillog_file = $dir/log
maillog_file_prefixes = $dir
myhostname = mail.test.example
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
mydestination =
mynetworks = 127.0.0.0/8
alias_maps =
virtual_mailbox_domains = static:all
virtual_mailbox_maps = static:all
virtual_transport = lmtp:unix:$dir/lmtp
smtpd_recipient_restrictions = check_recipient_access inline:{ {full@ = 452 4.2.2 Mailbox full}, {overfull@ = 552 5.2.2 Mailbox full}, {unknown@ = 550 5.1.1 User unknown}, {later@ = 450 4.2.0 Greylisted} }
smtpd_relay_restrictions = reject_unauth_destination
smtpd_tls_cert_file = $dir/tls/cert
smtpd_tls_key_file = $dir/tls/key
smtpd_tls_security_level = may
smtpd_peername_lookup = no
smtpd_sasl_type = dovecot
smtpd_sasl_path = $dir/auth
smtpd_client_connection_count_limit = 0
lmtp_destination_concurrency_limit = 4
bounce_queue_lifetime = 0
maximal_queue_lifetime = 0
END
cat >"$dir/etc/master.cf" <<END
127.0.0.1:$smtp inet n - n - - smtpd
127.0.0.1:$submission inet n - n - - smtpd -o smtpd_tls_security_level=encrypt -o smtpd_sasl_auth_enable=yes -o smtpd_client_restrictions=permit_sasl_authenticated,reject
127.0.0.1:$smtps inet n - n - - smtpd -o smtpd_tls_wrappermode=yes -o smtpd_sasl_auth_enable=yes -o smtpd_client_restrictions=permit_sasl_authenticated,reject
pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
flush unix n - n 1000? 0 flush
proxymap unix - - n - - proxymap
lmtp unix - - n - - lmtp
error unix - - n - - error
retry unix - - n - - error
discard unix - - n - - discard
tlsmgr unix - - n 1000? 1 tlsmgr
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
postlog unix-dgram n - n - 1 postlogd
showq unix n - n - - showq
END
cat >"$dir/dovecot.conf" <<END
base_dir = $dir/run
state_dir = $dir/run
log_path = $dir/dovecot.log
protocols = imap lmtp
listen = 127.0.0.1
ssl = yes
ssl_cert = <$dir/tls/cert
ssl_key = <$dir/tls/key
disable_plaintext_auth = no
mail_location = maildir:$dir/mail/%Ld/%Ln
mail_uid = mail
mail_gid = mail
first_valid_uid = 1
first_valid_gid = 1
mailbox_list_index = no
passdb {
  driver = static
  args = password=secret
}
userdb {
  driver = static
  args = uid=mail gid=mail home=$dir/mail/%Ld/%Ln allow_all_users=yes
}
service imap-login {
  inet_listener imap {
    port = $imap
  }
  inet_listener imaps {
    port = $imaps
    ssl = yes
  }
}
service lmtp {
  unix_listener $dir/lmtp {
    mode = 0666
  }
}
service auth {
  unix_listener $dir/auth {
    mode = 0666
  }
}
END
postfix -c "$dir/etc" check >"$dir/check" 2>&1 || { cat "$dir/check" >&2; exit 1; }
dovecot -F -c "$dir/dovecot.conf" &
dovecot=$!
"$sbin/master" -c "$dir/etc" -d &
postfix=$!
python3 - "$smtp" "$submission" "$smtps" "$imap" <<'END' || { cat "$dir"/log "$dir"/dovecot.log >&2; exit 1; }
import socket, sys, time
end = time.time() + 20
for port in map(int, sys.argv[1:]):
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            break
        except OSError:
            if time.time() > end:
                sys.exit(1)
            time.sleep(0.05)
END
export WAKER_TEST_MAIL_SMTP="$smtp" WAKER_TEST_MAIL_SUBMISSION="$submission" WAKER_TEST_MAIL_SMTPS="$smtps" \
	WAKER_TEST_MAIL_IMAP="$imap" WAKER_TEST_MAIL_IMAPS="$imaps" WAKER_TEST_MAIL_USER=waker@team.example \
	WAKER_TEST_MAIL_PASSWORD=secret WAKER_TEST_MAIL_CA="$dir/tls/ca.pem" WAKER_TEST_MAIL_PIN="$pin" \
	WAKER_TEST_MAIL_ROOT="$dir/mail" WAKER_TEST_MAIL_LOG="$dir/log"
status=0
"$@" || status=$?
exit $status
