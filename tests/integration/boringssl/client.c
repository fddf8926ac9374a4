/*
 * A TLS client on BoringSSL, which is Electron's TLS: connects to 127.0.0.1:PORT as HOST, trusting the certificates in the
 * file CA alone, and prints "verified", "verify N" (X509_V_ERR_*) or "tls REASON". Node's own is OpenSSL.
 */
#include <arpa/inet.h>
#include <openssl/err.h>
#include <openssl/is_boringssl.h>
#include <openssl/ssl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

static int connect_to(int port) {
  struct sockaddr_in at = {.sin_family = AF_INET, .sin_port = htons(port)};
  at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  int line = socket(AF_INET, SOCK_STREAM, 0);
  if (line < 0 || connect(line, (struct sockaddr *)&at, sizeof at) != 0) exit(2);
  return line;
}

int main(int argc, char **argv) {
  if (argc != 4) return 2;
  SSL_CTX *context = SSL_CTX_new(TLS_client_method());
  SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION);
  if (!SSL_CTX_load_verify_locations(context, argv[2], NULL)) return 2;
  /* As Node does it: the handshake goes on, and what was found is asked for afterwards. */
  SSL_CTX_set_verify(context, SSL_VERIFY_NONE, NULL);
  SSL *tls = SSL_new(context);
  SSL_set_tlsext_host_name(tls, argv[3]);
  SSL_set_fd(tls, connect_to(atoi(argv[1])));
  if (SSL_connect(tls) != 1) {
    const char *reason = ERR_reason_error_string(ERR_peek_error());
    printf("tls %s\n", reason == NULL ? "closed" : reason);
    return 0;
  }
  long found = SSL_get_verify_result(tls);
  if (found == X509_V_OK)
    printf("verified\n");
  else
    printf("verify %ld\n", found);
  return 0;
}
