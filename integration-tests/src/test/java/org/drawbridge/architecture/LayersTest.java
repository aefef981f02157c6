package org.drawbridge.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.net.DatagramSocket;
import java.net.ServerSocket;
import java.net.Socket;
import org.junit.jupiter.api.Test;

/** Dependencies point one way, sockets and clocks stay at the edges. */
final class LayersTest {

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("org.drawbridge");

  private static final String[] SIGNALLING_EDGES = {
    "org.drawbridge.sip.transport..", "org.drawbridge.web..", "org.drawbridge.app.."
  };

  @Test
  void packagesFormNoCycle() {
    slices().matching("org.drawbridge.(**)").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void mediaAndRoutingKnowNobody() {
    noClasses()
        .that()
        .resideInAnyPackage("org.drawbridge.media..")
        .should()
        .dependOnClassesThat(
            resideInAnyPackage("org.drawbridge..")
                .and(resideOutsideOfPackages("org.drawbridge.media..")))
        .check(CLASSES);
    noClasses()
        .that()
        .resideInAnyPackage("org.drawbridge.routing..")
        .should()
        .dependOnClassesThat(
            resideInAnyPackage("org.drawbridge..")
                .and(resideOutsideOfPackages("org.drawbridge.routing..")))
        .check(CLASSES);
  }

  @Test
  void signallingSeesOnlyTheSeamOfMedia() {
    noClasses()
        .that()
        .resideOutsideOfPackages("org.drawbridge.media..", "org.drawbridge.app..")
        .should()
        .dependOnClassesThat(
            resideInAnyPackage("org.drawbridge.media..")
                .and(resideOutsideOfPackages("org.drawbridge.media.api..")))
        .check(CLASSES);
  }

  @Test
  void callsThatEndHereAndThosePassedOnKnowNothingOfEachOther() {
    noClasses()
        .that()
        .resideInAnyPackage("org.drawbridge.proxy..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.drawbridge.b2bua..")
        .check(CLASSES);
    noClasses()
        .that()
        .resideInAnyPackage("org.drawbridge.b2bua..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.drawbridge.proxy..")
        .check(CLASSES);
  }

  @Test
  void nettyStaysAtTheEdge() {
    noClasses()
        .that()
        .resideOutsideOfPackages(SIGNALLING_EDGES)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.netty..")
        .check(CLASSES);
  }

  @Test
  void socketsStayAtTheEdge() {
    noClasses()
        .that(
            resideOutsideOfPackages(SIGNALLING_EDGES)
                .and(resideOutsideOfPackages("org.drawbridge.media.net..")))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.nio.channels..")
        .orShould()
        .dependOnClassesThat()
        .belongToAnyOf(DatagramSocket.class, Socket.class, ServerSocket.class)
        .check(CLASSES);
  }

  @Test
  void clocksStayAtTheEdge() {
    noClasses()
        .that(
            resideOutsideOfPackages(SIGNALLING_EDGES)
                .and(
                    resideOutsideOfPackages("org.drawbridge.media.net..", "org.drawbridge.loop..")))
        .should()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(System.class, "nanoTime")
        .orShould()
        .callMethod(Thread.class, "sleep", long.class)
        .check(CLASSES);
  }

  @Test
  void jainSipIsTheGrammarAndNothingElse() {
    noClasses()
        .that()
        .resideOutsideOfPackages("org.drawbridge.sip.grammar..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("gov.nist..", "javax.sip..")
        .check(CLASSES);
  }

  @Test
  void everyPackageIsNullMarked() {
    classes()
        .that()
        .haveSimpleName("package-info")
        .should()
        .beAnnotatedWith("org.jspecify.annotations.NullMarked")
        .check(CLASSES);
    for (var javaPackage : CLASSES.getPackage("org.drawbridge").getSubpackagesInTree()) {
      boolean holdsCode =
          javaPackage.getClasses().stream()
              .anyMatch(c -> !c.getModifiers().contains(JavaModifier.SYNTHETIC));
      if (holdsCode && javaPackage.tryGetPackageInfo().isEmpty()) {
        throw new AssertionError(
            javaPackage.getName() + " has no package-info.java with @NullMarked");
      }
    }
  }
}
