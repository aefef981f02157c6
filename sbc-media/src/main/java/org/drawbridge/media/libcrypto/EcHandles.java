package org.drawbridge.media.libcrypto;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.invoke.MethodHandle;

/**
 * Handles of the functions for keys on elliptic curves. They take tens of microseconds, so the JVM
 * is told of each call and need not wait for it.
 */
final class EcHandles {

  /** Library context, properties, type, and the group for type EC. */
  static final MethodHandle GENERATE_FIRST =
      Libcrypto.Handles.link(
          "EVP_PKEY_Q_keygen",
          FunctionDescriptor.of(ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS),
          Linker.Option.firstVariadicArg(3));

  static final MethodHandle GENERATE_INIT = function("EVP_PKEY_keygen_init", ADDRESS);

  /** Context, where the address of the key goes. */
  static final MethodHandle GENERATE = function("EVP_PKEY_generate", ADDRESS, ADDRESS);

  static final MethodHandle NEW =
      Libcrypto.Handles.link("EVP_PKEY_new", FunctionDescriptor.of(ADDRESS));
  static final MethodHandle FREE =
      Libcrypto.Handles.link("EVP_PKEY_free", FunctionDescriptor.ofVoid(ADDRESS));

  /** To, from. */
  static final MethodHandle COPY_CURVE = function("EVP_PKEY_copy_parameters", ADDRESS, ADDRESS);

  /** Key, encoded point, its length. */
  static final MethodHandle SET_PUBLIC =
      function("EVP_PKEY_set1_encoded_public_key", ADDRESS, ADDRESS, JAVA_LONG);

  /** Key, name, buffer, its size, where the length goes. */
  static final MethodHandle GET_OCTETS =
      function("EVP_PKEY_get_octet_string_param", ADDRESS, ADDRESS, ADDRESS, JAVA_LONG, ADDRESS);

  /** Library context, key, properties. */
  static final MethodHandle NEW_CONTEXT =
      Libcrypto.Handles.link(
          "EVP_PKEY_CTX_new_from_pkey", FunctionDescriptor.of(ADDRESS, ADDRESS, ADDRESS, ADDRESS));

  static final MethodHandle FREE_CONTEXT =
      Libcrypto.Handles.link("EVP_PKEY_CTX_free", FunctionDescriptor.ofVoid(ADDRESS));

  static final MethodHandle DERIVE_INIT = function("EVP_PKEY_derive_init", ADDRESS);

  /** Context, the peer's key, whether to check it again. */
  static final MethodHandle SET_PEER =
      function("EVP_PKEY_derive_set_peer_ex", ADDRESS, ADDRESS, JAVA_INT);

  /** Context, output, where its length is. */
  static final MethodHandle DERIVE = function("EVP_PKEY_derive", ADDRESS, ADDRESS, ADDRESS);

  static final MethodHandle SIGN_INIT = function("EVP_PKEY_sign_init", ADDRESS);

  /** Context, output, where its length is, hash, its length. */
  static final MethodHandle SIGN =
      function("EVP_PKEY_sign", ADDRESS, ADDRESS, ADDRESS, ADDRESS, JAVA_LONG);

  static final MethodHandle VERIFY_INIT = function("EVP_PKEY_verify_init", ADDRESS);

  /** Context, signature, its length, hash, its length. */
  static final MethodHandle VERIFY =
      function("EVP_PKEY_verify", ADDRESS, ADDRESS, JAVA_LONG, ADDRESS, JAVA_LONG);

  private EcHandles() {}

  private static MethodHandle function(String name, MemoryLayout... arguments) {
    return Libcrypto.Handles.link(name, FunctionDescriptor.of(JAVA_INT, arguments));
  }
}
