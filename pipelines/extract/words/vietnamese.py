"""Vietnamese."""

from __future__ import annotations

from pipelines.extract.words.table import Words

VIETNAMESE = Words(
    months=(
        "tháng một|tháng 1|tháng 01|thg 1|th1", "tháng hai|tháng 2|tháng 02|thg 2|th2",
        "tháng ba|tháng 3|tháng 03|thg 3|th3", "tháng tư|tháng bốn|tháng 4|tháng 04|thg 4|th4",
        "tháng năm|tháng 5|tháng 05|thg 5|th5", "tháng sáu|tháng 6|tháng 06|thg 6|th6",
        "tháng bảy|tháng bẩy|tháng 7|tháng 07|thg 7|th7", "tháng tám|tháng 8|tháng 08|thg 8|th8",
        "tháng chín|tháng 9|tháng 09|thg 9|th9", "tháng mười|tháng 10|thg 10|th10",
        "tháng mười một|tháng 11|thg 11|th11", "tháng mười hai|tháng chạp|tháng 12|thg 12|th12",
    ),
    weekdays=(
        "thu hai|thu 2|t2", "thu ba|thu 3|t3", "thu tu|thu 4|t4", "thu nam|thu 5|t5",
        "thu sau|thu 6|t6", "thu bay|thu 7|t7", "chu nhat|cn",
    ),
    am=(
        "sa", "sáng", "am",
    ),
    pm=(
        "ch", "chiều", "tối", "pm",
    ),
    at=(
        "lúc", "vào lúc", "hồi",
    ),
    today=(
        "hôm nay",
    ),
    yesterday=(
        "hôm qua",
    ),
    ago=(
        "trước",
    ),
    units=(
        "phút", "giờ|tiếng", "ngày", "tuần",
    ),
    pages=(
        "tin tức", "tin tức - sự kiện", "tin tức sự kiện", "tin tức và sự kiện", "chi tiết", "chi tiết tin",
        "chi tiết tin tức", "chi tiết tin bài", "chi tiết bài viết", "chi tiết thông báo",
        "nội dung chi tiết", "tin chi tiết", "xem tin", "bản tin", "tin bài", "thông báo", "tin mới",
        "trang chủ",
    ),
    published=(
        "ngay dang tin", "ngay dang", "dang", "dang ngay", "dang luc", "ngay xuat ban", "xuat ban",
        "thoi gian dang", "ngay ban hanh", "ngay tao", "dang tai", "phat hanh",
    ),
    change_words=(
        "cập nhật lần", "cập nhật cuối", "lần cập nhật", "cập nhật mới nhất", "cập nhật gần nhất",
        "chỉnh sửa", "sửa đổi", "sửa lần", "ngày sửa",
    ),
    held=(
        "ngày họp", "hạn nộp", "hạn chót", "thời hạn", "hết hạn", "ngày hết hạn", "từ ngày", "đến ngày",
        "ngày hiệu lực", "ngày có hiệu lực", "hiệu lực", "ngày tổ chức", "ngày bắt đầu", "ngày kết thúc",
        "ngày sinh",
    ),
    updated=(
        "cap nhat", "ngay cap nhat", "cap nhat luc", "cap nhat ngay", "sua doi", "chinh sua",
        "cap nhat lan cuoi", "lan sua cuoi",
    ),
    popular=(
        "tin nổi bật", "nổi bật", "xem nhiều", "đọc nhiều", "xem nhiều nhất", "đọc nhiều nhất",
        "tin xem nhiều",
        "tin đọc nhiều", "tin xem nhiều nhất", "tin đọc nhiều nhất", "tin tức nổi bật", "tin tiêu điểm",
        "tiêu điểm", "bài đọc nhiều", "bài xem nhiều",
        "tin mới nhất", "tin mới", "tin mới cập nhật", "tin nóng", "đáng chú ý", "bài viết nổi bật",
    ),
    neighbours=(
        "bài trước", "bài sau", "bài viết trước", "bài viết sau", "tin trước", "tin sau", "bài tiếp theo",
        "tin tiếp theo",
        "bài kế tiếp", "bài viết tiếp theo", "trước", "tiếp theo", "bài cũ hơn", "bài mới hơn",
    ),
    related_words=(
        "liên quan",
    ),
    unrelated_words=(
        "văn bản", "tài liệu", "thủ tục", "dịch vụ", "tổ chức", "chuyên đề", "video", "hình ảnh",
    ),
    related=(
        "tin khac", "cac tin khac", "tin lien quan", "cac tin lien quan", "bai viet lien quan",
        "bai lien quan", "tin cung chuyen muc", "cung chuyen muc", "tin da dua", "cac tin da dua",
        "tin cu hon", "tin moi hon", "nhung tin cu hon", "nhung tin moi hon", "cac tin cu hon",
        "cac tin moi hon", "doc them", "xem them", "tham khao them", "co the ban quan tam",
        "bai viet khac", "cac bai viet khac", "bai viet cung chuyen muc", "tin tuc lien quan",
        "tin tuc khac", "tin bai lien quan", "tin bai khac", "cac bai khac", "tin cung loai",
        "nhung tin khac", "cac tin da dang", "cac tin da dua ngay", "nhung tin da dua", "cac bai da dang",
        "cac bai viet da dang", "tin da dang", "bai da dang", "cac tin cu", "tin cung chu de",
        "cung chu de", "tin lien quan den bai viet", "mời xem thêm", "mời đọc thêm", "có thể bạn quan tâm",
        "các bài viết liên quan", "các bài liên quan", "những bài viết liên quan", "các tin tức liên quan",
        "các tin bài liên quan", "các bài viết cùng chuyên mục", "các bài cùng chuyên mục",
        "tin tức cùng chuyên mục", "các tin tức khác", "bài viết liên quan khác", "tin bài cùng chủ đề",
        "bài cùng chuyên mục", "bài cùng chủ đề",
        "tin cùng mục",
        "bai viet cung chu de", "cac tin cung chuyen muc", "tin bai cung chuyen muc", "tin lien quan khac",
        "các tin, bài liên quan", "các tin, bài đã đưa", "tin đã phát",
    ),
    others=(
        "tin khác", "các tin khác", "những tin khác", "tin bài khác", "tin tức khác", "các tin tức khác",
        "bài viết khác", "các bài viết khác", "các bài khác", "tin đã đưa", "các tin đã đưa",
        "những tin đã đưa", "các tin đã đưa ngày", "tin đã đăng", "các tin đã đăng", "bài đã đăng",
        "các bài đã đăng", "các bài viết đã đăng", "tin cũ hơn", "tin mới hơn", "các tin cũ hơn",
        "các tin mới hơn", "những tin cũ hơn", "những tin mới hơn", "các tin cũ",
        "các tin, bài đã đưa", "tin đã phát",
    ),
    recent=(
        "bai viet moi", "bai viet moi nhat", "bai moi", "cac tin moi",
    ),
    headline=(
        "tiêu đề", "tên bài",
    ),
    here=(
        "bạn đang ở đây", "bạn đang ở", "vị trí hiện tại", "bạn đang xem",
    ),
    release=(
        "thông cáo báo chí",
    ),
    site=(
        "cổng thông tin", "cổng ttđt", "trang thông tin điện tử", "trang tin điện tử", "báo điện tử",
        "website",
    ),
    sign_up=(
        "đăng ký nhận tin", "đăng ký nhận bản tin", "nhận bản tin", "nhận tin qua email", "email của bạn",
    ),
    end=(
        "tien ich thong tin", "nguon tin", "qr code", "chung toi tren mang xa hoi", "chia se",
        "binh luan", "y kien ban doc", "y kien cua ban", "gui binh luan", "tu khoa",
        "danh gia bai viet", "danh gia trung binh", "tong so diem cua bai viet", "xem them ve",
        "tac gia bai viet",
        "tin noi bat", "viet binh luan", "thong ke truy cap", "tags", "tai lieu dinh kem",
        "file dinh kem", "tep dinh kem", "tag", "tin moi nhat", "tin moi", "xem nhieu", "doc nhieu",
        "xem nhieu nhat", "tin xem nhieu", "tin doc nhieu", "chu de", "su kien", "tin moi cap nhat",
    ),
    over=(
        "binh luan", "y kien ban doc", "y kien cua ban", "gui binh luan", "viet binh luan", "qr code",
        "tien ich thong tin", "danh gia bai viet", "tong so diem cua bai viet", "thong ke truy cap",
        "xem them ve",
        "để lại một bình luận", "để lại bình luận",
    ),
    furniture=(
        "print", "in", "in trang", "in bai", "in bai viet", "goc", "ban in", "gui email", "email",
        "chia se", "sao chep lien ket", "sao chep", "zalo", "gui mail", "a",
        "luu bai viet", "nghe doc bai", "co chu", "tuong phan", "che do tuong phan", "quay lai", "tro ve",
        "ve dau trang", "theo doi tren", "xem cac bai viet cua tac gia", "nghe bai viet", "a a",
        "doc bai", "tang giam co chu", "gui binh luan", "bookmark", "in tin", "gui tin",
        "xem binh luan", "phan hoi", "doc bai viet", "nghe doc bai viet", "nghe tin", "chia se zalo",
        "chia se facebook", "chia se len facebook", "chia se qua zalo", "luu tin", "tai ve",
        "quảng cáo",
    ),
    counted=(
        "luot xem", "so luot xem", "luot doc", "so luot doc", "so lan doc", "so lan xem", "lan xem",
        "lan doc", "da xem", "da doc", "luot truy cap",
    ),
    boilerplate=(
        "giay phep", "ban quyen", "co quan quan ly", "co quan chu quan", "dien thoai:", "fax:",
        "tong bien tap", "chiu trach nhiem", "dia chi:", "hotline", "ghi ro nguon", "dang nhap",
        "luot truy cap", "ma qr", "so luot xem", "luot danh gia",
    ),
    error=(
        "không tìm thấy", "không tồn tại", "trang lỗi",
        "lỗi 404", "đang bảo trì", "bảo trì hệ thống",
        "hệ thống bảo trì", "thông báo bảo trì", "đang nâng cấp",
        "nâng cấp hệ thống", "đang xây dựng", "đăng nhập",
        "không có quyền truy cập", "từ chối truy cập", "truy cập bị từ chối",
        "xác minh bạn", "kiểm tra bảo mật", "tài khoản bị khóa",
        "tạm ngưng hoạt động", "đã xảy ra lỗi",
    ),
    gone=(
        "bạn yêu cầu không tồn tại", "trang đã bị gỡ bỏ", "tên miền này đang được rao bán",
        "trình duyệt không tự chuyển",
        "trang bạn tìm không tồn tại", "bạn tìm kiếm không tồn tại", "yêu cầu không tồn tại",
        "không tìm thấy trang bạn", "trang này không tồn tại", "bài viết không tồn tại",
        "nội dung không tồn tại", "không tìm thấy nội dung", "vui lòng quay lại sau",
        "xin quay lại sau", "bạn cần đăng nhập để", "vui lòng đăng nhập để tiếp tục",
        "đang kiểm tra trình duyệt", "xác minh bạn là con người", "không phải là robot",
        "vui lòng bật javascript", "cần bật javascript", "website đã hết hạn",
        "tên miền đã hết hạn", "website tạm ngưng", "tài khoản đã bị tạm ngưng",
    ),
    text_nouns=(
        "tin bài", "bài viết", "tin", "bài", "nội dung", "lời", "thực hiện",
    ),
    photo_nouns=(
        "hình ảnh", "ảnh", "hình", "clip", "video", "đồ họa",
    ),
    by=(
        "bởi",
    ),
    ands=(
        "và", "cùng", "với",
    ),
    writer=(
        "tác giả bài viết:", "tác giả:", "người viết:", "phóng viên:", "nhóm phóng viên:", "biên soạn:",
        "tổng hợp:", "lược ghi:", "thực hiện:", "người đăng:", "bài viết của", "ghi chép của",
        "phóng sự của", "bút ký của", "ký sự của", "bài của", "tin của",
        "pv:", "t/h:", "th:",
    ),
    editor=(
        "biên tập:", "biên tập viên:", "người biên tập:", "duyệt:", "chịu trách nhiệm:",
    ),
    photographer=(
        "ảnh minh họa:", "nguồn ảnh:", "ảnh chụp:", "người chụp:",
    ),
    source=(
        "nguồn tin", "nguồn", "nguồn bài viết", "theo nguồn",
    ),
    nobody=(
        "quản trị", "quản trị viên", "người quản trị", "quản trị mạng",
        "chủ tịch", "phó chủ tịch", "giám đốc", "phó giám đốc", "bí thư", "phó bí thư", "trưởng ban",
        "trưởng phòng", "chánh văn phòng", "thủ trưởng", "tổng biên tập", "kt. chủ tịch",
        "tm. ủy ban nhân dân",
        "tư liệu", "ảnh tư liệu", "minh họa", "minh hoạ", "internet", "sưu tầm", "facebook",
        "mạng xã hội", "nhân vật cung cấp", "cung cấp", "lưu trữ", "st", "mạng",
    ),
    office_openings=(
        "công chức", "viên chức", "cán bộ", "chuyên viên", "giáo viên", "gv", "học sinh", "hs", "sinh viên",
        "ủy ban", "uỷ ban", "ubnd", "hđnd", "sở", "phòng", "ban", "chi cục", "cục", "tổng cục", "bộ",
        "viện", "trung tâm", "văn phòng", "công ty", "tập đoàn", "hợp tác xã", "trường thpt",
        "trường thcs", "trường tiểu học", "trường đại học", "trường cao đẳng", "trường mầm non",
        "trường chính trị", "huyện", "quận", "thành phố", "tỉnh", "xã", "phường", "thị xã", "thị trấn",
        "hội", "hội đồng", "liên đoàn", "đảng bộ", "đảng ủy", "đảng uỷ", "huyện ủy", "thành ủy",
        "tỉnh ủy", "quận ủy", "công an", "bệnh viện", "mặt trận", "ủy viên", "thường trực", "báo",
        "tạp chí", "bản tin", "cổng", "trang tin", "trang thông tin", "trang web", "website",
        "thông tấn xã", "đài phát", "đài truyền", "đài tiếng", "đài pt", "đài ptth", "đài pt-th",
        "truyền hình", "chuyên mục",
        "chuyên đề",
    ),
    section_labels=(
        "chuyên mục", "danh mục", "mục", "thể loại", "lĩnh vực", "loại tin", "đăng trong", "nhóm tin",
    ),
    tag_labels=(
        "từ khóa", "từ khoá", "chủ đề", "tags", "tag", "thẻ", "nhãn", "từ khóa tìm kiếm", "hashtag",
    ),
    event=(
        "thoi gian|thoi gian to chuc|thoi gian dien ra|thoi gian bat dau|thoi gian ket thuc",
        "dia diem|dia diem to chuc|noi to chuc", "gia ve|ve vao cua|phi tham gia|dang ky tham gia",
        "don vi to chuc|ban to chuc",
    ),
    original=(
        "goc", "bai goc", "xem ban goc", "link goc", "link bai goc", "bai viet goc", "xem bai goc",
    ),
    comments=(
        "ý kiến", "trả lời", "phản hồi",
    ),
)  # fmt: skip
