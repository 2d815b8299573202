//! 系统错误换成中文。

use std::io::{self, ErrorKind};

/// 系统错误的中文说法，附错误号；少见的照系统的原话。
pub(in crate::lang) fn io_error(error: &io::Error) -> String {
    const SAYINGS: &[(ErrorKind, &str)] = &[
        (ErrorKind::NotFound, "文件或文件夹不存在"),
        (ErrorKind::PermissionDenied, "没有权限"),
        (ErrorKind::AlreadyExists, "文件已经存在"),
        (ErrorKind::StorageFull, "磁盘空间已满"),
        (ErrorKind::QuotaExceeded, "超出了磁盘配额"),
        (ErrorKind::FileTooLarge, "文件超出了大小限制"),
        (ErrorKind::ReadOnlyFilesystem, "磁盘是只读的"),
        (ErrorKind::IsADirectory, "这是文件夹，不是文件"),
        (ErrorKind::NotADirectory, "路径中有一段不是文件夹"),
        (ErrorKind::DirectoryNotEmpty, "文件夹不是空的"),
        (ErrorKind::InvalidFilename, "文件名不合规定或太长"),
        (ErrorKind::CrossesDevices, "不能跨磁盘改名"),
        (ErrorKind::ResourceBusy, "设备正忙"),
        (ErrorKind::ExecutableFileBusy, "文件正在使用"),
        (ErrorKind::StaleNetworkFileHandle, "网络磁盘的连接已失效"),
        (ErrorKind::BrokenPipe, "接收输出的程序已经关闭"),
        (ErrorKind::WriteZero, "没有写完"),
        (ErrorKind::UnexpectedEof, "文件比预期的短"),
        (ErrorKind::Interrupted, "操作被中断"),
        (ErrorKind::TimedOut, "等候超时"),
        (ErrorKind::WouldBlock, "设备暂时不能读写"),
        (ErrorKind::Unsupported, "所在磁盘不支持这种操作"),
        (ErrorKind::OutOfMemory, "内存不足"),
        (ErrorKind::InvalidData, "读回的内容与写入的不一致"),
    ];
    // 标准库没有给它分类的一种：EIO。
    const DEVICE_FAILED: Option<i32> = Some(5);
    let code = error.raw_os_error();
    let known = SAYINGS.iter().find(|(kind, _)| *kind == error.kind()).map(|(_, chinese)| *chinese);
    let known = known.or_else(|| (code == DEVICE_FAILED).then_some("磁盘读写出错"));
    match (known, code) {
        (Some(chinese), Some(code)) => format!("{chinese}（系统错误 {code}）"),
        (Some(chinese), None) => chinese.into(),
        (None, _) => error.to_string(),
    }
}
