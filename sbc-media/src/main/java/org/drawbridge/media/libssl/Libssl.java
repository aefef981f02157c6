package org.drawbridge.media.libssl;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemoryLayout;
import java.lang.invoke.MethodHandle;
import org.apache.logging.log4j.LogManager;
import org.drawbridge.media.libcrypto.SharedLibrary;

/** Handles of libssl's functions, and of those of libcrypto that only handshakes need. */
public final class Libssl {

  private static final String LIBRARY = "libssl.so.3";

  /** Whether the library is there, with all that is needed of it. Any thread. */
  public static final boolean AVAILABLE = isAvailable();

  private Libssl() {}

  private static boolean isAvailable() {
    try {
      return Handles.NEW != null && Handles.BIO_NEW != null;
    } catch (LinkageError e) {
      LogManager.getLogger(Libssl.class)
          .info("DTLS by BouncyCastle, since {} cannot be used: {}", LIBRARY, e.toString());
      return false;
    }
  }

  /** In a class of its own, so that a missing library is found out here and not by its users. */
  static final class Handles {

    private static final SharedLibrary SSL = new SharedLibrary(LIBRARY);
    private static final SharedLibrary CRYPTO = new SharedLibrary("libcrypto.so.3");

    // What all handshakes share.
    static final MethodHandle METHOD = pointer(SSL, "DTLS_method");
    static final MethodHandle CONTEXT_NEW = pointer(SSL, "SSL_CTX_new", ADDRESS);
    static final MethodHandle CONTEXT_FREE = nothing("SSL_CTX_free", ADDRESS);

    /** Context, command, number, address. */
    static final MethodHandle CONTEXT_CTRL =
        number(SSL, "SSL_CTX_ctrl", ADDRESS, JAVA_INT, JAVA_LONG, ADDRESS);

    static final MethodHandle CONTEXT_OPTIONS =
        number(SSL, "SSL_CTX_set_options", ADDRESS, JAVA_LONG);
    static final MethodHandle CIPHERS = status("SSL_CTX_set_cipher_list", ADDRESS, ADDRESS);
    static final MethodHandle KEY = status("SSL_CTX_use_PrivateKey", ADDRESS, ADDRESS);

    /** Context, length, DER. */
    static final MethodHandle CERTIFICATE =
        status("SSL_CTX_use_certificate_ASN1", ADDRESS, JAVA_INT, ADDRESS);

    /** Returns 0 where it did as told. */
    static final MethodHandle SRTP = status("SSL_CTX_set_tlsext_use_srtp", ADDRESS, ADDRESS);

    static final MethodHandle VERIFY = nothing("SSL_CTX_set_verify", ADDRESS, JAVA_INT, ADDRESS);

    /** Context, function, its argument. */
    static final MethodHandle VERIFY_BY =
        nothing("SSL_CTX_set_cert_verify_callback", ADDRESS, ADDRESS, ADDRESS);

    // One handshake.
    static final MethodHandle NEW = pointer(SSL, "SSL_new", ADDRESS);
    static final MethodHandle FREE = nothing("SSL_free", ADDRESS);

    /** Handshake, what it reads, what it writes. */
    static final MethodHandle SET_BIO = nothing("SSL_set_bio", ADDRESS, ADDRESS, ADDRESS);

    static final MethodHandle ACCEPT = nothing("SSL_set_accept_state", ADDRESS);
    static final MethodHandle CONNECT = nothing("SSL_set_connect_state", ADDRESS);
    static final MethodHandle TIMER_BY = nothing("DTLS_set_timer_cb", ADDRESS, ADDRESS);

    /** Handshake, command, number, address. */
    static final MethodHandle CTRL = number(SSL, "SSL_ctrl", ADDRESS, JAVA_INT, JAVA_LONG, ADDRESS);

    static final MethodHandle ADVANCE = status("SSL_do_handshake", ADDRESS);
    static final MethodHandle ERROR_KIND = status("SSL_get_error", ADDRESS, JAVA_INT);
    static final MethodHandle SRTP_CHOSEN = pointer(SSL, "SSL_get_selected_srtp_profile", ADDRESS);

    /**
     * Handshake, output, its length, label, its length, context, its length, whether it has one.
     */
    static final MethodHandle EXPORT =
        status(
            "SSL_export_keying_material",
            ADDRESS,
            ADDRESS,
            JAVA_LONG,
            ADDRESS,
            JAVA_LONG,
            ADDRESS,
            JAVA_LONG,
            JAVA_INT);

    // What goes in and out.
    static final MethodHandle BIO_MEMORY = pointer(CRYPTO, "BIO_s_mem");
    static final MethodHandle BIO_NEW = pointer(CRYPTO, "BIO_new", ADDRESS);
    static final MethodHandle BIO_PENDING = number(CRYPTO, "BIO_ctrl_pending", ADDRESS);
    static final MethodHandle BIO_READ = transfer("BIO_read");
    static final MethodHandle BIO_WRITE = transfer("BIO_write");

    // What went wrong on this thread, and the certificate to be judged.
    static final MethodHandle CLEAR_ERRORS =
        CRYPTO.link("ERR_clear_error", FunctionDescriptor.ofVoid());
    static final MethodHandle FIRST_ERROR = number(CRYPTO, "ERR_peek_error");
    static final MethodHandle ERROR_TEXT = pointer(CRYPTO, "ERR_reason_error_string", JAVA_LONG);
    static final MethodHandle SHOWN = pointer(CRYPTO, "X509_STORE_CTX_get0_cert", ADDRESS);
    static final MethodHandle SET_VERDICT =
        CRYPTO.link("X509_STORE_CTX_set_error", FunctionDescriptor.ofVoid(ADDRESS, JAVA_INT));

    /** Certificate, where the address of the output is, or null to learn the length. */
    static final MethodHandle TO_DER =
        CRYPTO.link("i2d_X509", FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS));

    private Handles() {}

    private static MethodHandle pointer(SharedLibrary library, String name, MemoryLayout... of) {
      return library.link(name, FunctionDescriptor.of(ADDRESS, of));
    }

    private static MethodHandle number(SharedLibrary library, String name, MemoryLayout... of) {
      return library.link(name, FunctionDescriptor.of(JAVA_LONG, of));
    }

    private static MethodHandle status(String name, MemoryLayout... of) {
      return SSL.link(name, FunctionDescriptor.of(JAVA_INT, of));
    }

    private static MethodHandle nothing(String name, MemoryLayout... of) {
      return SSL.link(name, FunctionDescriptor.ofVoid(of));
    }

    /** Buffer object, bytes, their number. */
    private static MethodHandle transfer(String name) {
      return CRYPTO.link(name, FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, JAVA_INT));
    }
  }

  /** What a handle threw, that no input can cause. */
  static IllegalStateException unexpected(Throwable cause) {
    return new IllegalStateException("libssl failed", cause);
  }

  static void require(boolean done) {
    if (!done) {
      throw new IllegalStateException("libssl refused a call");
    }
  }
}
