package condgen.kernel;

import java.util.HashSet;
import java.util.Set;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Adds {@link StopCheck#check()} to compiled classes: before each jump to an earlier instruction,
 * that is in every loop, and, where asked, at the entry of each method, that is in every recursion.
 */
final class StopCheckWeaver extends ClassVisitor {
  private static final String OWNER = StopCheck.class.getName().replace('.', '/');

  private final boolean ofCell;

  private StopCheckWeaver(ClassVisitor next, boolean ofCell) {
    super(Opcodes.ASM9, next);
    this.ofCell = ofCell;
  }

  /** Checks in loops and at method entries: for what a cell compiles to. */
  static byte[] weaveCell(byte[] classFile) {
    return weave(classFile, true);
  }

  /** Checks in loops: for library classes. */
  static byte[] weaveLibrary(byte[] classFile) {
    return weave(classFile, false);
  }

  private static byte[] weave(byte[] classFile, boolean ofCell) {
    ClassReader reader = new ClassReader(classFile);
    ClassWriter writer = new ClassWriter(reader, 0);
    reader.accept(new StopCheckWeaver(writer, ofCell), 0);
    return writer.toByteArray();
  }

  @Override
  public MethodVisitor visitMethod(
      int access, String name, String descriptor, String signature, String[] exceptions) {
    MethodVisitor next = super.visitMethod(access, name, descriptor, signature, exceptions);
    // A constructor's entry precedes the call of super and stays untouched.
    return new Loops(next, ofCell ? "check" : "checkLibrary", ofCell && !name.equals("<init>"));
  }

  private static final class Loops extends MethodVisitor {
    private final Set<Label> passed = new HashSet<>();
    private final String question;
    private final boolean atEntry;

    private Loops(MethodVisitor next, String question, boolean atEntry) {
      super(Opcodes.ASM9, next);
      this.question = question;
      this.atEntry = atEntry;
    }

    @Override
    public void visitCode() {
      super.visitCode();
      if (atEntry) {
        check();
      }
    }

    @Override
    public void visitLabel(Label label) {
      passed.add(label);
      super.visitLabel(label);
    }

    @Override
    public void visitJumpInsn(int opcode, Label target) {
      if (passed.contains(target)) {
        check();
      }
      super.visitJumpInsn(opcode, target);
    }

    private void check() {
      super.visitMethodInsn(Opcodes.INVOKESTATIC, OWNER, question, "()V", false);
    }
  }
}
