package condgen.data;

import io.jhdf.Constants;
import io.jhdf.FractalHeap;
import io.jhdf.GroupSymbolTableNode;
import io.jhdf.LocalHeap;
import io.jhdf.ObjectHeader;
import io.jhdf.SymbolTableEntry;
import io.jhdf.Utils;
import io.jhdf.btree.BTreeV1;
import io.jhdf.btree.BTreeV2;
import io.jhdf.btree.record.LinkNameForIndexedGroupRecord;
import io.jhdf.exceptions.HdfException;
import io.jhdf.object.message.LinkInfoMessage;
import io.jhdf.object.message.LinkMessage;
import io.jhdf.object.message.SymbolTableMessage;
import io.jhdf.storage.HdfBackingStorage;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The members of a group of an HDF5 file, by name: where they are, without looking at them. Links
 * to other places, and to other files, are left out.
 */
final class Hdf5Group {
  private static final int SOFT_LINK = 2;

  private final HdfBackingStorage file;
  private final Map<String, Long> members = new LinkedHashMap<>();

  private Hdf5Group(HdfBackingStorage file) {
    this.file = file;
  }

  /**
   * @param address of the group's object header
   */
  static Map<String, Long> members(HdfBackingStorage file, long address) {
    ObjectHeader header = ObjectHeader.readObjectHeader(file, address);
    Hdf5Group group = new Hdf5Group(file);
    if (header.hasMessageOfType(SymbolTableMessage.class)) {
      group.table(header.getMessageOfType(SymbolTableMessage.class));
    } else if (header.hasMessageOfType(LinkInfoMessage.class)) {
      group.links(header);
    } else {
      throw new HdfException("there is no group at " + address);
    }
    return group.members;
  }

  /** Groups as they are written by default: a tree of tables, names in a heap. */
  private void table(SymbolTableMessage table) {
    ByteBuffer names = new LocalHeap(file, table.getLocalHeapAddress()).getDataBuffer();
    for (long node : BTreeV1.createGroupBTree(file, table.getBTreeAddress()).getChildAddresses()) {
      for (SymbolTableEntry entry : new GroupSymbolTableNode(file, node).getSymbolTableEntries()) {
        if (entry.getCacheType() != SOFT_LINK) {
          names.position(entry.getLinkNameOffset());
          members.put(Utils.readUntilNull(names), entry.getObjectHeaderAddress());
        }
      }
    }
  }

  /** Groups of the newer kind: links in the header, or, when there are many, in another heap. */
  private void links(ObjectHeader header) {
    LinkInfoMessage info = header.getMessageOfType(LinkInfoMessage.class);
    long index = info.getBTreeNameIndexAddress();
    if (index == Constants.UNDEFINED_ADDRESS) {
      header.getMessagesOfType(LinkMessage.class).forEach(this::add);
      return;
    }
    BTreeV2<LinkNameForIndexedGroupRecord> tree = new BTreeV2<>(file, index);
    FractalHeap heap = new FractalHeap(file, info.getFractalHeapAddress());
    for (LinkNameForIndexedGroupRecord record : tree.getRecords()) {
      add(LinkMessage.fromBuffer(heap.getId(record.getId()), file.getSuperblock()));
    }
  }

  private void add(LinkMessage link) {
    if (link.getLinkType() == LinkMessage.LinkType.HARD) {
      members.put(link.getLinkName(), link.getHardLinkAddress());
    }
  }
}
