package org.drawbridge.routing.value;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** What is wrong with a file, in words for the person who runs the program. */
public final class FileWords {

  private FileWords() {}

  /** Names the file and what is the matter: the JDK's own words are often the name alone. */
  public static String of(IOException failure) {
    if (failure instanceof FileSystemException file && file.getReason() == null) {
      return file.getFile() + matter(file);
    }
    String words = failure.getMessage();
    return words == null ? failure.toString() : words;
  }

  private static String matter(FileSystemException failure) {
    return switch (failure) {
      case AccessDeniedException _ ->
          ": permission denied to the user " + System.getProperty("user.name");
      case NoSuchFileException _ -> " does not exist";
      case FileAlreadyExistsException _ -> " is there already and is no directory";
      case NotDirectoryException _ -> " is no directory";
      default -> ": " + failure.getClass().getSimpleName();
    };
  }
}
